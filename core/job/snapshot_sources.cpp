#include "core/job/snapshot_sources.h"

#include "core/base/utf8.h"
#include "core/store/project.h"
#include "core/text/chat_template.h"

#include <limits>

namespace assay {

namespace fs = std::filesystem;

namespace {

Result<std::string> hashOfFile(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    return contentHash(mapped->text());
}

/// Feeds imported rows to the snapshot; a row without a name of its own is called "file:line".
class SnapshotSink : public ImportSink {
public:
    SnapshotSink(SnapshotWriter& writer, std::string fileName)
        : m_writer(writer)
        , m_fileName(std::move(fileName)) { }
    Result<void> accept(Sample&& sample) override {
        const std::string id = sample.uid.empty()
            ? m_fileName + ":" + std::to_string(sample.provenance.line)
            : sample.uid;
        return m_writer.add(sample, id, revisionHash(sample));
    }
    Result<void> reject(RejectedRow&& row) override { return m_writer.reject(row); }

private:
    SnapshotWriter& m_writer;
    std::string m_fileName;
};

Result<void> takeFile(const fs::path& path, SnapshotWriter& writer,
    const ProgressFunction& progress, StopToken stop) {
    auto hash = hashOfFile(path);
    if (!hash)
        return forward(hash);
    writer.beginSource(path.string(), *hash);
    SnapshotSink sink(writer, path.filename().string());
    auto imported = importFile(path, {}, sink, progress, stop);
    // A file without a usable row is not the end while others may have some; the rows are listed.
    if (!imported && imported.error().code != "import.nothing_kept")
        return forward(imported);
    return {};
}

Result<SampleFilter> filterOf(Project& project, const std::string& view) {
    SampleFilter filter;
    if (view.starts_with('{')) {
        auto json = parseJson(view, "data.view");
        if (!json)
            return forward(json);
        auto read = filterFromJson(*json, "data.view");
        if (!read)
            return forward(read);
        filter = std::move(*read);
    } else if (!view.empty()) {
        auto saved = project.registry().view(view);
        if (!saved)
            return forward(saved);
        filter = std::move(saved->filter);
    }
    // What was rejected is learnt only where the view asks for it by name.
    if (filter.statuses.empty())
        filter.statuses = {ReviewStatus::Pending, ReviewStatus::Accepted};
    return filter;
}

Result<void> takeProject(const TrainSpec::Data& data, SnapshotWriter& writer,
    const ProgressFunction& progress, StopToken stop) {
    auto project = Project::open(data.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto filter = filterOf(*project, data.view);
    if (!filter)
        return forward(filter);
    auto total = project->samples().count(*filter);
    if (!total)
        return forward(total);
    writer.beginSource(data.project, {});
    Progress done{0, *total};
    return project->samples().forEach(
        *filter,
        [&](StoredSample&& stored) {
            auto added = writer.add(stored.sample, stored.sample.uid, stored.revision);
            ++done.done;
            if (progress && (done.done % 1000 == 0 || done.done == done.total))
                progress(done);
            return added;
        },
        stop);
}

/// Ids of one key; reports what is no list of ids.
std::vector<TokenId> readIds(
    JsonReader& reader, const char* key, const Json* list, TokenId lowest) {
    std::vector<TokenId> ids;
    if (!list)
        return ids;
    if (!list->is_array()) {
        reader.report(Error("json.type",
            {{"key", key}, {"expected", "a list of ids"}, {"found", jsonTypeName(*list)}}));
        return ids;
    }
    ids.reserve(list->size());
    for (const Json& item : *list) {
        const std::int64_t id = item.is_number_integer() ? item.get<std::int64_t>() : lowest - 1;
        if (id < lowest || id > std::numeric_limits<TokenId>::max()) {
            reader.report(Error("json.value",
                {{"key", key},
                    {"reason", "entry " + std::to_string(ids.size()) + " is no token id"}}));
            break;
        }
        ids.push_back(TokenId(id));
    }
    return ids;
}

Result<void> takeTokenizedLine(std::string_view text, const std::string& place,
    const std::string& id, SnapshotWriter& writer) {
    auto json = parseJson(text, place);
    if (!json)
        return forward(json);
    JsonReader reader(*json, place);
    std::string channel;
    reader.readOptional("channel", channel);
    const std::vector<TokenId> ids = readIds(reader, "ids", reader.required("ids"), 0);
    const Json* given = reader.optional("labels");
    const std::vector<TokenId> labels
        = given ? readIds(reader, "labels", given, ignoredLabel) : ids;
    if (ids.size() < 2 && !ids.empty())
        reader.report(
            Error("json.value", {{"key", "ids"}, {"reason", "one token predicts nothing"}}));
    if (labels.size() != ids.size())
        reader.report(Error("json.value",
            {{"key", "labels"},
                {"reason",
                    "there are " + std::to_string(labels.size()) + " for "
                        + std::to_string(ids.size()) + " ids"}}));
    for (const TokenId label : labels)
        if (label < 0 && label != ignoredLabel) {
            reader.report(Error("json.value",
                {{"key", "labels"}, {"reason", "a label is neither an id nor -100"}}));
            break;
        }
    reader.ignoreOthers();
    if (auto done = reader.finish(); !done)
        return forward(done);
    if (ids.empty())
        return fail("json.value", {{"key", "ids"}, {"reason", "the list is empty"}}, place);
    return writer.addTokenized(id, channel, ids, labels);
}

Result<void> takeTokenized(const fs::path& path, SnapshotWriter& writer,
    const ProgressFunction& progress, StopToken stop) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    const std::string_view all = mapped->text();
    writer.beginSource(path.string(), contentHash(all));
    std::size_t begin = 0;
    for (std::int64_t number = 1; begin < all.size(); ++number) {
        if (stop.stop_requested())
            return fail("cancelled");
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        const std::string_view line = all.substr(begin, end - begin);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            const std::string place = path.string() + ":" + std::to_string(number);
            auto taken = takeTokenizedLine(
                line, place, path.filename().string() + ":" + std::to_string(number), writer);
            // An error of writing is no fault of the row.
            if (!taken && taken.error().code.starts_with("file."))
                return taken;
            if (!taken) {
                RejectedRow row;
                row.file = path.string();
                row.line = row.rowLine = number;
                row.byte = std::int64_t(begin);
                row.reason = std::move(taken.error());
                row.raw = toValidUtf8(line.substr(0, 1000));
                if (auto noted = writer.reject(row); !noted)
                    return noted;
            }
        }
        begin = end + 1;
        if (progress && number % 1000 == 0)
            progress({std::int64_t(begin), std::int64_t(all.size())});
    }
    return {};
}

} // namespace

Result<void> takeSources(const TrainSpec& spec, SnapshotWriter& writer,
    const ProgressFunction& progress, StopToken stop) {
    if (!spec.data.tokenized.empty())
        return takeTokenized(spec.data.tokenized, writer, progress, stop);
    if (!spec.data.project.empty())
        return takeProject(spec.data, writer, progress, stop);
    for (const std::string& file : spec.data.files)
        if (auto taken = takeFile(file, writer, progress, stop); !taken)
            return taken;
    return {};
}

} // namespace assay
