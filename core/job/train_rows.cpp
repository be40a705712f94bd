#include "core/job/train_rows.h"

#include "core/base/rng.h"
#include "core/text/tool_definitions.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr std::size_t shownRows = 20;
constexpr std::size_t textProbeTokens = 8; ///< a document's first tokens, to be continued

std::string placeOf(const SnapshotRow& row) {
    return "row " + std::to_string(row.row) + " (" + row.id + ")";
}

bool isUntrained(std::span<const TokenId> labels) {
    return std::ranges::all_of(labels, [](TokenId label) { return label == ignoredLabel; });
}

/// Applies the length limit and says what becomes of the row.
EncodedRow limited(const TrainSpec& spec, const SnapshotRow& source, EncodedSample sample) {
    EncodedRow encoded;
    TrainRow& row = encoded.row;
    encoded.length = std::int64_t(sample.ids.size());
    if (encoded.length > spec.data.maxLength) {
        if (spec.data.overlong == "drop")
            encoded.fate = RowFate::Dropped;
        else if (spec.data.overlong == "raise")
            encoded.fate = RowFate::Refused;
        else
            encoded.cut = truncateToLength(sample, spec.data.maxLength);
    }
    // The first token has no predecessor: a label there trains nothing.
    if (!sample.labels.empty())
        sample.labels.front() = ignoredLabel;
    if (encoded.fate == RowFate::Trained && isUntrained(sample.labels))
        encoded.fate = RowFate::Untrained;
    row.row = source.row;
    row.id = source.id;
    row.revision = source.revision;
    row.channel = source.channel;
    row.ids = std::move(sample.ids);
    row.labels = std::move(sample.labels);
    row.weights = std::move(sample.weights);
    return encoded;
}

/// A document is cut into pieces of the maximum length; nothing of it is lost.
std::vector<EncodedRow> encodeDocument(
    const TrainSpec& spec, const Tokenizer& tokenizer, const SnapshotRow& row) {
    const EncodedSample whole = encodePlainText(tokenizer, *row.sample.text, true);
    const auto limit = std::size_t(spec.data.maxLength);
    std::vector<EncodedRow> pieces;
    for (std::size_t begin = 0; begin < whole.ids.size(); begin += limit) {
        const std::size_t end = std::min(whole.ids.size(), begin + limit);
        EncodedSample piece;
        piece.ids.assign(
            whole.ids.begin() + std::ptrdiff_t(begin), whole.ids.begin() + std::ptrdiff_t(end));
        piece.labels.assign(whole.labels.begin() + std::ptrdiff_t(begin),
            whole.labels.begin() + std::ptrdiff_t(end));
        if (piece.ids.size() < 2 && begin > 0)
            break; // one last token has nothing before it to be predicted from
        std::vector<TokenId> prompt;
        if (begin == 0 && piece.ids.size() > 2 * textProbeTokens)
            prompt.assign(piece.ids.begin(), piece.ids.begin() + textProbeTokens);
        EncodedRow encoded = limited(spec, row, std::move(piece));
        if (!prompt.empty())
            encoded.row.promptText = tokenizer.decode(prompt);
        encoded.row.prompt = std::move(prompt);
        encoded.isLast = end == whole.ids.size();
        pieces.push_back(std::move(encoded));
    }
    return pieces;
}

/// Only the last answer keeps its labels. What stands before it is the prompt that it would be
/// asked for with, whose ids begin the conversation's.
Result<void> keepLastAnswer(const Tokenizer& tokenizer, const ChatTemplate& chatTemplate,
    const std::vector<Message>& messages, EncodedSample& sample) {
    const auto last
        = std::ranges::find(messages.rbegin(), messages.rend(), Role::Assistant, &Message::role);
    if (last == messages.rend())
        return {};
    const std::vector<Message> before(messages.begin(), last.base() - 1);
    auto prompt = encodeConversation(tokenizer, chatTemplate, before, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    const std::size_t end = std::min(prompt->ids.size(), sample.labels.size());
    std::fill_n(sample.labels.begin(), end, ignoredLabel);
    return {};
}

/// The row's own weight in the loss, from the key of its data that the spec names; rows without it
/// weigh 1.
Result<void> applyRowWeight(const TrainSpec& spec, const SnapshotRow& source, TrainRow& row) {
    const Json& meta = source.sample.meta;
    if (spec.data.weightKey.empty() || !meta.is_object())
        return {};
    const auto found = meta.find(spec.data.weightKey);
    if (found == meta.end() || found->is_null())
        return {};
    const double weight = found->is_number() ? found->get<double>() : -1;
    if (!(weight >= 0 && weight <= 1e6))
        return fail("train.bad_weight",
            {{"key", spec.data.weightKey}, {"value", dumpJson(*found).substr(0, 40)}},
            placeOf(source));
    if (row.weights.empty() && weight != 1)
        row.weights.assign(row.ids.size(), 1.0F);
    for (float& each : row.weights)
        each *= float(weight);
    if (weight == 0)
        std::ranges::fill(row.labels, ignoredLabel);
    return {};
}

/// The two sequences of a preference pair, the better one first, end to end. Only what follows the
/// prompt that both share is trained.
Result<EncodedRow> encodePair(const TrainSpec& spec, const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const SnapshotRow& row, ProbePrompts prompts) {
    const Sample& sample = row.sample;
    if (!sample.chosen || sample.chosen->empty() || !sample.rejected || sample.rejected->empty())
        return fail("train.no_pair", {}, placeOf(row));
    auto prompt
        = encodeConversation(tokenizer, chatTemplate, sample.messages, GenerationPrompt::Add);
    if (!prompt) {
        prompt.error().where = placeOf(row);
        return forward(prompt);
    }
    const auto side = [&](const std::vector<Message>& answer) -> Result<EncodedRow> {
        std::vector<Message> messages = sample.messages;
        messages.insert(messages.end(), answer.begin(), answer.end());
        auto encoded
            = encodeConversation(tokenizer, chatTemplate, messages, GenerationPrompt::Omit);
        if (!encoded) {
            encoded.error().where = placeOf(row);
            return forward(encoded);
        }
        std::fill_n(encoded->labels.begin(), std::min(prompt->ids.size(), encoded->labels.size()),
            ignoredLabel);
        return limited(spec, row, std::move(*encoded));
    };
    auto pair = side(*sample.chosen);
    if (!pair)
        return pair;
    auto worse = side(*sample.rejected);
    if (!worse)
        return worse;
    pair->row.split = std::int64_t(pair->row.ids.size());
    const auto append
        = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    if (!pair->row.weights.empty() || !worse->row.weights.empty()) {
        pair->row.weights.resize(pair->row.ids.size(), 1.0F);
        worse->row.weights.resize(worse->row.ids.size(), 1.0F);
        append(pair->row.weights, worse->row.weights);
    }
    append(pair->row.ids, worse->row.ids);
    append(pair->row.labels, worse->row.labels);
    pair->length = std::max(pair->length, worse->length);
    pair->cut.cutTokens += worse->cut.cutTokens;
    pair->cut.cutTrainedTokens += worse->cut.cutTrainedTokens;
    pair->isLast = pair->cut.cutTrainedTokens == 0;
    if (pair->fate == RowFate::Trained)
        pair->fate = worse->fate; // one half that cannot be used leaves no pair
    if (prompts == ProbePrompts::Make) {
        pair->row.prompt = std::move(prompt->ids);
        pair->row.promptText = sample.messages.empty() ? "" : sample.messages.back().content;
        pair->row.reference = sample.chosen->back().content;
    }
    return pair;
}

Result<EncodedRow> encodeMessages(const TrainSpec& spec, const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const SnapshotRow& row, ProbePrompts prompts) {
    const std::vector<Message>& messages = row.sample.messages;
    auto sample = encodeConversation(
        tokenizer, chatTemplate, messages, GenerationPrompt::Omit, row.sample.tools);
    if (!sample) {
        sample.error().where = placeOf(row);
        return forward(sample);
    }
    if (spec.data.trainOnPrompt)
        for (std::size_t i = 1; i < sample->ids.size(); ++i)
            sample->labels[i] = sample->ids[i];
    if (!spec.data.trainOnHistory && !spec.data.trainOnPrompt)
        if (auto done = keepLastAnswer(tokenizer, chatTemplate, messages, *sample); !done) {
            done.error().where = placeOf(row);
            return forward(done);
        }
    EncodedRow encoded = limited(spec, row, std::move(*sample));
    if (prompts == ProbePrompts::Make && !messages.empty()
        && messages.back().role == Role::Assistant) {
        const std::vector<Message> question(messages.begin(), messages.end() - 1);
        if (auto prompt = encodeConversation(
                tokenizer, chatTemplate, question, GenerationPrompt::Add, row.sample.tools)) {
            encoded.row.prompt = std::move(prompt->ids);
            encoded.row.promptText = question.empty() ? std::string() : question.back().content;
            encoded.row.reference = messages.back().content;
        }
    }
    encoded.isLast = encoded.cut.cutTrainedTokens == 0;
    return encoded;
}

/// Prepares one row after the other and collects what is wrong with them.
class RowPreparer {
public:
    explicit RowPreparer(const TrainSpec& spec)
        : m_spec(spec) { }

    void add(EncodedRow&& encoded) {
        const auto place = [&] {
            return "row " + std::to_string(encoded.row.row) + " (" + encoded.row.id + ")";
        };
        switch (encoded.fate) {
        case RowFate::Dropped:
            ++m_rows.droppedRows;
            return;
        case RowFate::Refused:
            ++m_overlongCount;
            if (m_overlong.size() < shownRows)
                m_overlong.push_back(Error(
                    "train.overlong_row", {{"tokens", std::to_string(encoded.length)}}, place()));
            return;
        case RowFate::Untrained:
            noteCut(encoded);
            ++m_rows.emptyRows;
            if (m_empty.size() < shownRows)
                m_empty.push_back(Error("train.empty_row", {}, place()));
            return;
        case RowFate::Trained:
            break;
        }
        noteCut(encoded);
        m_rows.largestId = std::max(m_rows.largestId, *std::ranges::max_element(encoded.row.ids));
        m_all.push_back(std::move(encoded.row));
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
        const std::vector<bool> isHeldOut = heldOutRows(m_spec, m_all.size());
        for (std::size_t i = 0; i < m_all.size(); ++i)
            (isHeldOut[i] ? m_rows.heldOut : m_rows.train).push_back(std::move(m_all[i]));
        return std::move(m_rows);
    }

private:
    void noteCut(const EncodedRow& encoded) {
        m_rows.truncatedRows += encoded.cut.truncated() ? 1 : 0;
        m_rows.cutTrainedTokens += encoded.cut.cutTrainedTokens;
    }

    const TrainSpec& m_spec;
    TrainRows m_rows;
    std::vector<TrainRow> m_all;
    std::vector<Error> m_empty;
    std::vector<Error> m_overlong;
    std::int64_t m_overlongCount = 0;
};

} // namespace

Result<std::vector<EncodedRow>> encodeRow(const TrainSpec& spec, const Tokenizer* tokenizer,
    const ChatTemplate* chatTemplate, SnapshotRow&& row, ProbePrompts prompts) {
    std::vector<EncodedRow> encoded;
    if (!row.ids.empty()) {
        EncodedSample sample{{}, std::move(row.ids), {}, std::move(row.labels), {}};
        encoded.push_back(limited(spec, row, std::move(sample)));
        encoded.back().isLast = encoded.back().cut.cutTrainedTokens == 0;
        return encoded;
    }
    if (!tokenizer)
        return fail("train.no_tokenizer");
    if (row.sample.text) {
        encoded = encodeDocument(spec, *tokenizer, row);
    } else {
        if (!chatTemplate)
            return fail("train.no_template");
        auto conversation = spec.kind == "dpo"
            ? encodePair(spec, *tokenizer, *chatTemplate, row, prompts)
            : encodeMessages(spec, *tokenizer, *chatTemplate, row, prompts);
        if (!conversation)
            return forward(conversation);
        encoded.push_back(std::move(*conversation));
    }
    for (EncodedRow& piece : encoded) {
        if (auto done = applyRowWeight(spec, row, piece.row); !done)
            return forward(done);
        if (piece.fate == RowFate::Trained && isUntrained(piece.row.labels))
            piece.fate = RowFate::Untrained;
    }
    return encoded;
}

std::vector<bool> heldOutRows(const TrainSpec& spec, std::size_t rows) {
    const double wanted = spec.data.heldOut;
    auto count = std::int64_t(wanted < 1 ? std::floor(wanted * double(rows)) : wanted);
    if (wanted > 0 && count == 0 && rows > 1)
        count = 1;
    count = std::min(count, std::int64_t(rows) - 1);
    std::vector<std::size_t> order(rows);
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    Rng(spec.seed ^ 0x6865'6c64'6f75'74ULL).shuffle(std::span(order));
    std::vector<bool> isHeldOut(rows, false);
    for (std::int64_t i = 0; i < count; ++i)
        isHeldOut[order[std::size_t(i)]] = true;
    return isHeldOut;
}

Result<TrainRows> prepareRows(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const Tokenizer* tokenizer, const ChatTemplate* chatTemplate, StopToken stop) {
    auto summary = readSnapshotSummary(dataFolder);
    if (!summary)
        return forward(summary);
    RowPreparer preparer(spec);
    auto read = forEachSnapshotRow(dataFolder, *summary, [&](SnapshotRow&& row) -> Result<void> {
        if (stop.stop_requested())
            return fail("cancelled");
        auto encoded = encodeRow(spec, tokenizer, chatTemplate, std::move(row), ProbePrompts::Make);
        if (!encoded)
            return forward(encoded);
        for (EncodedRow& piece : *encoded)
            preparer.add(std::move(piece));
        return {};
    });
    if (!read)
        return forward(read);
    return preparer.finish();
}

} // namespace assay
