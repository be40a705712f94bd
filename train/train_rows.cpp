#include "train/train_rows.h"

#include "core/base/rng.h"
#include "core/text/packing.h"

#include <cmath>

namespace assay {

namespace {

constexpr std::size_t shownRows = 20;
constexpr std::size_t textProbeTokens = 8; ///< a document's first tokens, to be continued

/// Prepares one row after the other and collects what is wrong with them.
class RowPreparer {
public:
    RowPreparer(const TrainSpec& spec, const Tokenizer* tokenizer, const ChatTemplate* chatTemplate)
        : m_spec(spec)
        , m_tokenizer(tokenizer)
        , m_template(chatTemplate) { }

    Result<void> add(SnapshotRow&& row) {
        if (!row.ids.empty())
            return keep(
                row, EncodedSample{{}, std::move(row.ids), {}, std::move(row.labels), {}}, {});
        if (!m_tokenizer)
            return fail("train.no_tokenizer");
        if (row.sample.text)
            return addText(row, *row.sample.text);
        return addConversation(row);
    }

    Result<TrainRows> finish() {
        if (!m_empty.empty() && m_spec.data.emptyRows == "raise") {
            Error all("train.empty_rows", {{"count", std::to_string(m_rows.emptyRows)}});
            all.details = std::move(m_empty);
            return fail(std::move(all));
        }
        if (!m_overlong.empty()) {
            Error all("train.overlong_rows",
                {{"count", std::to_string(m_overlongCount)},
                    {"limit", std::to_string(m_spec.data.maxLength)}});
            all.details = std::move(m_overlong);
            return fail(std::move(all));
        }
        if (m_all.empty())
            return fail("train.no_rows");
        split();
        return std::move(m_rows);
    }

private:
    static std::string placeOf(const SnapshotRow& row) {
        return "row " + std::to_string(row.row) + " (" + row.id + ")";
    }

    /// A document is cut into pieces of the maximum length; nothing of it is lost.
    Result<void> addText(const SnapshotRow& row, const std::string& text) {
        EncodedSample whole = encodePlainText(*m_tokenizer, text, true);
        const auto limit = std::size_t(m_spec.data.maxLength);
        for (std::size_t begin = 0; begin < whole.ids.size(); begin += limit) {
            const std::size_t end = std::min(whole.ids.size(), begin + limit);
            EncodedSample piece;
            piece.ids.assign(
                whole.ids.begin() + std::ptrdiff_t(begin), whole.ids.begin() + std::ptrdiff_t(end));
            piece.labels.assign(whole.labels.begin() + std::ptrdiff_t(begin),
                whole.labels.begin() + std::ptrdiff_t(end));
            if (piece.ids.size() < 2 && begin > 0)
                break; // one last token has nothing before it to be predicted from
            TrainRow probe;
            if (begin == 0 && piece.ids.size() > 2 * textProbeTokens) {
                probe.prompt.assign(piece.ids.begin(), piece.ids.begin() + textProbeTokens);
                probe.promptText = m_tokenizer->decode(probe.prompt);
            }
            if (auto done = keep(row, std::move(piece), std::move(probe)); !done)
                return done;
        }
        return {};
    }

    Result<void> addConversation(const SnapshotRow& row) {
        if (!m_template)
            return fail("train.no_template");
        const std::vector<Message>& messages = row.sample.messages;
        auto encoded
            = encodeConversation(*m_tokenizer, *m_template, messages, GenerationPrompt::Omit);
        if (!encoded) {
            encoded.error().where = placeOf(row);
            return forward(encoded);
        }
        if (m_spec.data.trainOnPrompt)
            for (std::size_t i = 1; i < encoded->ids.size(); ++i)
                encoded->labels[i] = encoded->ids[i];
        TrainRow probe;
        if (!messages.empty() && messages.back().role == Role::Assistant) {
            const std::vector<Message> question(messages.begin(), messages.end() - 1);
            if (auto prompt
                = encodeConversation(*m_tokenizer, *m_template, question, GenerationPrompt::Add)) {
                probe.prompt = std::move(prompt->ids);
                probe.promptText = question.empty() ? std::string() : question.back().content;
                probe.reference = messages.back().content;
            }
        }
        return keep(row, std::move(*encoded), std::move(probe));
    }

    Result<void> keep(const SnapshotRow& source, EncodedSample sample, TrainRow row) {
        const std::string& rule = m_spec.data.overlong;
        if (std::int64_t(sample.ids.size()) > m_spec.data.maxLength) {
            if (rule == "drop") {
                ++m_rows.droppedRows;
                return {};
            }
            if (rule == "raise") {
                ++m_overlongCount;
                if (m_overlong.size() < shownRows)
                    m_overlong.push_back(Error("train.overlong_row",
                        {{"tokens", std::to_string(sample.ids.size())}}, placeOf(source)));
                return {};
            }
            ++m_rows.truncatedRows;
            m_rows.cutTrainedTokens
                += truncateToLength(sample, m_spec.data.maxLength).cutTrainedTokens;
        }
        // The first token has no predecessor: a label there trains nothing.
        if (!sample.labels.empty())
            sample.labels.front() = ignoredLabel;
        if (std::ranges::all_of(
                sample.labels, [](TokenId label) { return label == ignoredLabel; })) {
            ++m_rows.emptyRows;
            if (m_empty.size() < shownRows)
                m_empty.push_back(Error("train.empty_row", {}, placeOf(source)));
            return {};
        }
        row.row = source.row;
        row.id = source.id;
        row.revision = source.revision;
        row.channel = source.channel;
        row.ids = std::move(sample.ids);
        row.labels = std::move(sample.labels);
        row.weights = std::move(sample.weights);
        m_rows.largestId = std::max(m_rows.largestId, *std::ranges::max_element(row.ids));
        m_all.push_back(std::move(row));
        return {};
    }

    /// A seeded part is held out; both parts keep the file's order.
    void split() {
        const double wanted = m_spec.data.heldOut;
        auto count = std::int64_t(wanted < 1 ? std::floor(wanted * double(m_all.size())) : wanted);
        if (wanted > 0 && count == 0 && m_all.size() > 1)
            count = 1;
        count = std::min(count, std::int64_t(m_all.size()) - 1);
        std::vector<std::size_t> order(m_all.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        Rng(m_spec.seed ^ 0x6865'6c64'6f75'74ULL).shuffle(std::span(order));
        std::vector<bool> isHeldOut(m_all.size(), false);
        for (std::int64_t i = 0; i < count; ++i)
            isHeldOut[order[std::size_t(i)]] = true;
        for (std::size_t i = 0; i < m_all.size(); ++i)
            (isHeldOut[i] ? m_rows.heldOut : m_rows.train).push_back(std::move(m_all[i]));
    }

    const TrainSpec& m_spec;
    const Tokenizer* m_tokenizer;
    const ChatTemplate* m_template;
    TrainRows m_rows;
    std::vector<TrainRow> m_all;
    std::vector<Error> m_empty;
    std::vector<Error> m_overlong;
    std::int64_t m_overlongCount = 0;
};

} // namespace

Result<TrainRows> prepareRows(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const Tokenizer* tokenizer, const ChatTemplate* chatTemplate, StopToken stop) {
    auto summary = readSnapshotSummary(dataFolder);
    if (!summary)
        return forward(summary);
    RowPreparer preparer(spec, tokenizer, chatTemplate);
    auto read = forEachSnapshotRow(dataFolder, *summary, [&](SnapshotRow&& row) -> Result<void> {
        if (stop.stop_requested())
            return fail("cancelled");
        return preparer.add(std::move(row));
    });
    if (!read)
        return forward(read);
    return preparer.finish();
}

} // namespace assay
