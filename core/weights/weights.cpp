#include "core/weights/weights.h"

#include <algorithm>

namespace assay {

std::string_view weightFormatName(WeightFormat format) {
    constexpr std::string_view names[] = {"safetensors", "PyTorch", "GGUF", "llama2.c"};
    return names[std::size_t(format)];
}

Result<Weights> Weights::of(WeightFormat format, const std::filesystem::path& path,
    std::vector<TensorView> tensors, std::vector<std::shared_ptr<const MappedFile>> files) {
    std::ranges::sort(tensors, {}, &TensorView::name);
    const auto twice = std::ranges::adjacent_find(tensors, {}, &TensorView::name);
    if (twice != tensors.end())
        return fail("weights.damaged",
            {{"path", path.string()}, {"format", std::string(weightFormatName(format))},
                {"reason", "two tensors have the name " + twice->name}});
    Weights weights;
    weights.m_format = format;
    weights.m_path = path;
    weights.m_tensors = std::move(tensors);
    weights.m_files = std::move(files);
    return weights;
}

const TensorView* Weights::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(m_tensors, name, {}, &TensorView::name);
    return found == m_tensors.end() || found->name != name ? nullptr : &*found;
}

std::int64_t Weights::elements() const {
    std::int64_t count = 0;
    for (const TensorView& tensor : m_tensors)
        count += tensor.elements();
    return count;
}

} // namespace assay
