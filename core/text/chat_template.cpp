#include "core/text/chat_template.h"

#include "core/text/built_in_templates.h"

namespace assay {

std::string Rendered::text() const {
    std::string text;
    for (const RenderedSpan& span : spans)
        text += span.text;
    return text;
}

std::vector<std::string> builtInTemplateNames() {
    std::vector<std::string> names;
    for (const auto& one : builtInTemplates())
        names.push_back(one->name());
    return names;
}

std::string builtInTemplateList() {
    std::string list;
    for (const std::string& name : builtInTemplateNames())
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

Result<std::shared_ptr<const ChatTemplate>> chatTemplateByName(const std::string& name) {
    for (const auto& one : builtInTemplates()) {
        if (one->name() == name)
            return one;
    }
    return fail("text.unknown_template", {{"name", name}, {"known", builtInTemplateList()}});
}

} // namespace assay
