#include "core/job/take_in_losses.h"

#include "core/store/findings.h"

#include <cmath>
#include <fstream>
#include <map>

namespace assay {

Result<TakenLosses> takeInLosses(Project& project, const std::filesystem::path& jobFolder,
    const ProgressFunction& progress, const StopToken& stop) {
    const std::filesystem::path file = jobFolder / "samples.jsonl";
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail("file.missing", {{"path", file.string()}});
    std::error_code problem;
    const auto size = std::int64_t(std::filesystem::file_size(file, problem));
    std::map<std::string, AnswerLoss> newest; // by global id
    std::int64_t done = 0;
    for (std::string line; std::getline(in, line);) {
        if (stop.stop_requested())
            return fail("cancelled");
        done += std::int64_t(line.size()) + 1;
        if (progress)
            progress({std::min(done, size), size});
        // A run may be writing: its last line can be torn.
        const auto json = parseJson(line, file.string());
        if (!json || !json->is_object() || json->value("kind", "") != "seen")
            continue;
        const auto loss = json->find("loss");
        if (loss == json->end() || !loss->is_number() || !std::isfinite(loss->get<double>()))
            continue;
        newest[json->value("id", "")] = {0, json->value("revision", ""), loss->get<double>(),
            jobFolder.filename().string() + ", step "
                + std::to_string(json->value("step", std::int64_t(0)))};
    }
    TakenLosses taken;
    std::vector<AnswerLoss> losses;
    for (auto& [uid, loss] : newest) {
        const auto id = project.samples().findId(uid);
        if (!id) {
            if (id.error().code != "store.sample_missing")
                return tl::unexpected<Error>(id.error());
            ++taken.unknown;
            continue;
        }
        loss.sample = *id;
        losses.push_back(std::move(loss));
    }
    taken.samples = std::int64_t(losses.size());
    if (auto stored = project.findings().storeLosses(losses); !stored)
        return forward(stored);
    return taken;
}

} // namespace assay
