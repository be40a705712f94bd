#include "core/analysis/compare_batch.h"

#include "core/base/error_json.h"
#include "core/base/hash.h"
#include "core/store/sample_row.h"

#include <algorithm>

namespace assay {

namespace {

std::string_view fileKind(BatchTask task) {
    return task == BatchTask::Compare ? "assay.compare_batch" : "assay.answer_pairs";
}
constexpr int fileVersion = 1;

Json headerOf(const CompareBatchSettings& settings) {
    return {{"kind", fileKind(settings.task)}, {"version", fileVersion},
        {"key", compareBatchKey(settings)}, {"base", settings.base}, {"tuned", settings.tuned},
        {"template", settings.templateName.empty() ? Json() : Json(settings.templateName)},
        {"source", answerSourceName(settings.source)}, {"max_new", settings.maxNew}};
}

std::string textAt(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct Lines {
    Json header;
    std::vector<CompareBatchRow> rows;
    std::map<std::pair<std::string, std::string>, std::size_t> index;
    std::int64_t wholeBytes = 0;
};

Result<Lines> readLines(const std::filesystem::path& path) {
    Lines lines;
    auto content = readFile(path);
    if (!content)
        return forward(content);
    std::string_view rest = *content;
    for (std::int64_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos)
            break; // torn by a kill: its sample is compared again
        const std::string place = path.string() + ":" + std::to_string(number);
        auto json = parseJson(rest.substr(0, end), place);
        if (!json)
            return forward(json);
        if (number == 1) {
            const std::string kind = textAt(*json, "kind");
            if (kind != fileKind(BatchTask::Compare) && kind != fileKind(BatchTask::Answers))
                return fail("analysis.batch_other", {{"path", path.string()}});
            lines.header = std::move(*json);
        } else {
            auto row = compareBatchRowFromJson(*json, place);
            if (!row)
                return forward(row);
            // One that failed and was tried again has a later line.
            const auto [known, added]
                = lines.index.try_emplace({row->uid, row->revision}, lines.rows.size());
            if (added)
                lines.rows.push_back(std::move(*row));
            else
                lines.rows[known->second] = std::move(*row);
        }
        rest.remove_prefix(end + 1);
        lines.wholeBytes += std::int64_t(end) + 1;
    }
    return lines;
}

} // namespace

std::string compareBatchKey(const CompareBatchSettings& settings) {
    const auto identity = [](const Json& info) {
        return Json{{"hash", textAt(info, "hash")}, {"tokenizer", textAt(info, "tokenizer_hash")},
            {"template", textAt(info, "template_hash")}, {"dtype", textAt(info, "dtype")}};
    };
    const Json all = {{"base", identity(settings.base)}, {"tuned", identity(settings.tuned)},
        {"template", settings.templateName}, {"source", answerSourceName(settings.source)},
        {"max_new",
            settings.source == AnswerSource::Reference && settings.task == BatchTask::Compare
                ? 0
                : settings.maxNew},
        {"task", fileKind(settings.task)}};
    char text[17];
    std::snprintf(
        text, sizeof text, "%016llx", static_cast<unsigned long long>(hash64(dumpJson(all))));
    return text;
}

Json compareBatchRowToJson(const CompareBatchRow& row) {
    return {{"uid", row.uid}, {"revision", row.revision}, {"sample", row.sample},
        {"channel", row.channel}, {"prompt", row.prompt}, {"numbers", row.numbers},
        {"error", row.error}};
}

Result<CompareBatchRow> compareBatchRowFromJson(const Json& json, const std::string& place) {
    CompareBatchRow row;
    JsonReader reader(json, place);
    reader.ignoreOthers();
    reader.read("uid", row.uid);
    reader.read("revision", row.revision);
    reader.readOptional("sample", row.sample);
    reader.readOptional("channel", row.channel);
    reader.readOptional("prompt", row.prompt);
    if (const Json* numbers = reader.optional("numbers"))
        row.numbers = *numbers;
    if (const Json* error = reader.optional("error"))
        row.error = *error;
    if (auto done = reader.finish(); !done)
        return forward(done);
    return row;
}

CompareBatchRow batchRowOf(const Sample& sample, const std::string& revision, std::int64_t id) {
    CompareBatchRow row;
    row.uid = sample.uid;
    row.revision = revision;
    row.sample = id;
    row.channel = sample.channel;
    row.prompt = describeSample(sample).queryPreview;
    if (row.prompt.empty())
        row.prompt = describeSample(sample).answerPreview;
    return row;
}

CompareCaseRequest caseRequest(const Sample& sample, const CompareBatchSettings& settings) {
    SampleCase asked = sampleCase(sample);
    CompareCaseRequest request;
    request.prompt = std::move(asked.prompt);
    request.prompt.templateName = settings.templateName;
    request.raw = asked.raw;
    request.source = settings.source;
    request.answer = std::move(asked.answer);
    request.reference = std::move(asked.reference);
    request.maxNew = settings.maxNew;
    return request;
}

Result<CompareBatchFile> CompareBatchFile::open(
    const std::filesystem::path& path, const CompareBatchSettings& settings) {
    CompareBatchFile batch;
    std::int64_t keep = 0;
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) {
        auto lines = readLines(path);
        if (!lines)
            return forward(lines);
        if (!lines->header.is_null() && textAt(lines->header, "key") != compareBatchKey(settings))
            return fail("analysis.batch_other", {{"path", path.string()}});
        keep = lines->wholeBytes;
        batch.m_rows = std::move(lines->rows);
        batch.m_index = std::move(lines->index);
    } else if (path.has_parent_path()) {
        if (auto made = makeFolder(path.parent_path()); !made)
            return forward(made);
    }
    auto file = AppendFile::open(path, keep);
    if (!file)
        return forward(file);
    batch.m_file = std::move(*file);
    if (keep == 0)
        if (auto written = batch.m_file.append(dumpJson(headerOf(settings)) + "\n"); !written)
            return forward(written);
    return batch;
}

Result<std::vector<CompareBatchRow>> CompareBatchFile::read(const std::filesystem::path& path) {
    auto lines = readLines(path);
    if (!lines)
        return forward(lines);
    return std::move(lines->rows);
}

const CompareBatchRow* CompareBatchFile::find(
    const std::string& uid, const std::string& revision) const {
    const auto found = m_index.find({uid, revision});
    return found == m_index.end() ? nullptr : &m_rows[found->second];
}

bool CompareBatchFile::has(const std::string& uid, const std::string& revision) const {
    // One that failed is tried again.
    const CompareBatchRow* row = find(uid, revision);
    return row && row->error.is_null();
}

Result<void> CompareBatchFile::append(const CompareBatchRow& row) {
    if (auto written = m_file.append(dumpJson(compareBatchRowToJson(row)) + "\n"); !written)
        return written;
    const std::pair key{row.uid, row.revision};
    if (const auto known = m_index.find(key); known != m_index.end()) {
        m_rows[known->second] = row;
    } else {
        m_index[key] = m_rows.size();
        m_rows.push_back(row);
    }
    return {};
}

namespace {

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + '"';
}

/// A value at a path of keys; empty where there is none.
std::string cell(const Json& json, std::initializer_list<const char*> keys) {
    const Json* value = &json;
    for (const char* key : keys) {
        if (!value->is_object() || !value->contains(key))
            return {};
        value = &(*value)[key];
    }
    return value->is_null()  ? std::string()
        : value->is_string() ? value->get<std::string>()
                             : dumpJson(*value);
}

} // namespace

std::string compareBatchCsv(const std::vector<CompareBatchRow>& rows) {
    struct Column {
        const char* name;
        std::initializer_list<const char*> keys;
    };
    static const std::vector<Column> columns = {{"answer", {"answer"}}, {"tokens", {"tokens"}},
        {"mean_kl_tuned_base", {"mean_kl_tuned_base"}},
        {"mean_kl_base_tuned", {"mean_kl_base_tuned"}}, {"mean_js", {"mean_js"}},
        {"largest_js", {"largest_js"}}, {"other_argmax", {"other_argmax"}},
        {"unshifted", {"bands", "unshifted"}}, {"marginal", {"bands", "marginal"}},
        {"shifted", {"bands", "shifted"}}, {"divergence", {"divergence"}},
        {"base_logprob", {"base_logprob"}}, {"tuned_logprob", {"tuned_logprob"}},
        {"delta_sum", {"delta_sum"}}, {"onset_rule", {"onset", "rule"}},
        {"onset", {"onset", "index"}}, {"onset_gap", {"onset", "gap"}},
        {"base_onset", {"base_onset", "index"}}};
    std::string out = "sample,uid,revision,channel,prompt";
    for (const Column& column : columns)
        out += std::string(",") + column.name;
    out += ",error\r\n";
    for (const CompareBatchRow& row : rows) {
        out += (row.sample ? std::to_string(row.sample) : "") + "," + csvField(row.uid) + ","
            + csvField(row.revision) + "," + csvField(row.channel) + "," + csvField(row.prompt);
        for (const Column& column : columns)
            out += "," + csvField(cell(row.numbers, column.keys));
        std::string problem;
        if (!row.error.is_null())
            problem = message(errorFromJson(row.error));
        out += "," + csvField(problem) + "\r\n";
    }
    return out;
}

} // namespace assay
