#include "engine/session_methods.h"

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace assay {

namespace {

constexpr int protocolVersion = 1;

MethodTask prepareHello(SessionContext& context, JsonReader& params) {
    int asked = 0;
    std::string client;
    params.read("protocol", asked);
    params.readOptional("client", client);
    return [&context, asked](Call&) -> Result<Json> {
        if (asked != protocolVersion)
            return fail("session.protocol",
                {{"own", std::to_string(protocolVersion)}, {"asked", std::to_string(asked)}});
        const SessionFacts& facts = context.facts;
        return Json{{"protocol", protocolVersion}, {"engine", ASSAY_VERSION},
            {"libtorch", facts.libtorch},
            {"threads",
                facts.threads > 0 ? facts.threads : int(std::thread::hardware_concurrency())},
            {"devices", facts.devices}, {"templates", builtInTemplateNames()}};
    };
}

MethodTask prepareLoad(SessionContext& context, JsonReader& params) {
    std::string path;
    std::string dtype = "f32";
    std::string adapter;
    LoadOptions options;
    params.read("path", path);
    params.readOptional("adapter", adapter);
    options.adapter = adapter;
    params.readOptional("dtype", dtype);
    params.readOptional("template", options.templateName);
    if (auto known = dtypeFromName(dtype))
        options.dtype = *known;
    else
        params.report(known.error());
    return [&context, path, options](Call& call) -> Result<Json> {
        const auto progress = [&](std::int64_t done, std::int64_t total) {
            call.notify("model.load.progress", {{"done", done}, {"total", total}});
        };
        auto loaded = context.models.load(context.engine, path, options, call.stop, progress);
        if (!loaded)
            return forward(loaded);
        return Json{{"model", loaded->handle}, {"info", modelInfoToJson(loaded->model->info())}};
    };
}

MethodTask prepareUnload(SessionContext& context, JsonReader& params) {
    std::string model;
    params.read("model", model);
    return [&context, model](Call&) -> Result<Json> {
        if (auto done = context.models.unload(model); !done)
            return forward(done);
        return Json::object();
    };
}

MethodTask prepareList(SessionContext& context, JsonReader&) {
    return [&context](Call&) -> Result<Json> {
        Json models = Json::array();
        for (const ModelStore::Loaded& loaded : context.models.list())
            models.push_back(
                {{"model", loaded.handle}, {"info", modelInfoToJson(loaded.model->info())}});
        return Json{{"models", models}};
    };
}

MethodTask prepareCancel(SessionContext& context, JsonReader& params) {
    const Json* given = params.required("request");
    const Json id = given ? *given : Json();
    return [&context, id](Call&) -> Result<Json> {
        return Json{{"cancelled", context.cancel(id)}};
    };
}

std::string_view kindOf(const std::filesystem::directory_entry& entry) {
    std::error_code failed;
    if (!entry.is_directory(failed))
        return "file";
    const auto holds = [&](const char* name) {
        std::error_code ignored;
        return std::filesystem::exists(entry.path() / name, ignored);
    };
    return holds("project.db")         ? "project"
        : holds("config.json")         ? "model"
        : holds("adapter_config.json") ? "model"
        : holds("spec.json")           ? "job"
                                       : "folder";
}

MethodTask prepareFiles(SessionContext&, JsonReader& params) {
    std::string path;
    params.read("path", path);
    return [path](Call& call) -> Result<Json> {
        // An empty path or ~ is where a person starts to look.
        const char* home = std::getenv("HOME");
        const std::filesystem::path folder = path.empty() || path == "~"
            ? std::filesystem::path(home ? home : "/")
            : std::filesystem::path(path);
        std::error_code failed;
        std::vector<std::filesystem::directory_entry> entries;
        for (std::filesystem::directory_iterator it(folder, failed), end; !failed && it != end;
             it.increment(failed)) {
            if (call.stop.stop_requested())
                return fail("cancelled");
            if (!it->path().filename().string().starts_with('.'))
                entries.push_back(*it);
        }
        if (failed)
            return fail("file.open", {{"path", folder.string()}, {"reason", failed.message()}});
        std::ranges::sort(entries, {}, [](const auto& entry) { return entry.path().filename(); });
        Json list = Json::array();
        for (const auto& entry : entries)
            list.push_back({{"name", entry.path().filename().string()}, {"kind", kindOf(entry)}});
        const auto absolute = std::filesystem::absolute(folder, failed).lexically_normal();
        return Json{{"path", absolute.string()}, {"entries", list}};
    };
}

constexpr Method methods[] = {
    {"hello", Lane::Immediate, prepareHello},
    {"model.load", Lane::Compute, prepareLoad},
    {"model.unload", Lane::Light, prepareUnload},
    {"model.list", Lane::Light, prepareList},
    {"text.tokenize", Lane::Light, prepareTokenize},
    {"text.pieces", Lane::Light, preparePieces},
    {"text.score", Lane::Compute, prepareScore},
    {"text.generate", Lane::Compute, prepareGenerate},
    {"analysis.compare", Lane::Compute, prepareCompare},
    {"analysis.compare_text", Lane::Compute, prepareCompareText},
    {"analysis.compare_case", Lane::Compute, prepareCompareCase},
    {"analysis.answer_both", Lane::Compute, prepareAnswerBoth},
    {"analysis.forced", Lane::Compute, prepareForced},
    {"analysis.onset", Lane::Compute, prepareOnset},
    {"analysis.json_break", Lane::Compute, prepareJsonBreak},
    {"files.list", Lane::Light, prepareFiles},
    {"request.cancel", Lane::Immediate, prepareCancel},
};

} // namespace

const Method* findMethod(std::string_view name) {
    const auto found = std::ranges::find(methods, name, &Method::name);
    return found == std::end(methods) ? nullptr : found;
}

} // namespace assay
