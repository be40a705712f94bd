#include "core/job/label_survey.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <map>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// Ids that may end an answer: EOS and the template's own end of turn.
std::vector<TokenId> endIds(const TrainInputs& inputs) {
    std::vector<TokenId> ids;
    if (!inputs.tokenizer)
        return ids;
    if (inputs.tokenizer->eosId() >= 0)
        ids.push_back(inputs.tokenizer->eosId());
    if (inputs.chatTemplate)
        for (const std::string& stop : inputs.chatTemplate->stopStrings())
            if (const TokenId id = inputs.tokenizer->idOf(stop); id >= 0)
                ids.push_back(id);
    return ids;
}

bool endsTrained(const TrainRow& row, const std::vector<TokenId>& ends) {
    // White space that the template puts behind the end of a turn is learnt or not; either way the
    // last end mark must be among what is learnt, and no other word after it.
    for (std::size_t i = row.labels.size(); i-- > 0;) {
        if (row.labels[i] == ignoredLabel)
            continue;
        return std::ranges::find(ends, row.labels[i]) != ends.end();
    }
    return false;
}

std::int64_t trainedCount(const TrainRow& row) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < row.labels.size(); ++i)
        count += row.labels[i] != ignoredLabel && (row.weights.empty() || row.weights[i] != 0);
    return count;
}

class Surveyor {
public:
    Surveyor(const TrainSpec& spec, const TrainInputs& inputs)
        : m_spec(spec)
        , m_inputs(inputs)
        , m_ends(endIds(inputs)) { }

    void add(const SnapshotRow& source, const EncodedRow& encoded, std::int32_t piece) {
        SurveyRow row;
        row.byte = source.byte;
        row.row = std::int32_t(encoded.row.row);
        row.piece = piece;
        row.tokens = std::int32_t(encoded.row.ids.size());
        row.trained = std::int32_t(trainedCount(encoded.row));
        row.cut = std::int32_t(encoded.cut.cutTokens);
        row.cutTrained = std::int32_t(encoded.cut.cutTrainedTokens);
        row.channel = channel(encoded.row.channel);
        row.fate = encoded.fate;
        note(row, LabelProblem::Untrained, encoded.fate == RowFate::Untrained);
        note(row, LabelProblem::Overlong,
            encoded.fate == RowFate::Dropped || encoded.fate == RowFate::Refused);
        note(row, LabelProblem::CutAnswer, encoded.cut.cutTrainedTokens > 0);
        if (m_inputs.tokenizer && m_inputs.tokenizer->bosId() >= 0) {
            const TokenId bos = m_inputs.tokenizer->bosId();
            note(row, LabelProblem::DoubledBos,
                std::ranges::adjacent_find(encoded.row.ids, [bos](TokenId a, TokenId b) {
                    return a == bos && b == bos;
                }) != encoded.row.ids.end());
        }
        if (m_inputs.tokenizer && encoded.fate == RowFate::Trained && encoded.isLast)
            note(row, LabelProblem::MissingEnd, !endsTrained(encoded.row, m_ends));
        if (encoded.fate == RowFate::Trained) {
            m_survey.tokens += row.tokens;
            m_survey.trainedTokens += row.trained;
            m_survey.largestId
                = std::max(m_survey.largestId, *std::ranges::max_element(encoded.row.ids));
        }
        m_survey.cutTrainedTokens += row.cutTrained;
        m_lengths.push_back(std::int32_t(encoded.length));
        m_survey.rows.push_back(row);
    }

    void refuse(const SnapshotRow& source, Error error) {
        SurveyRow row;
        row.byte = source.byte;
        row.row = std::int32_t(source.row);
        row.channel = channel(source.channel);
        row.fate = RowFate::Refused;
        note(row, LabelProblem::Unrendered, true);
        if (!m_survey.refusal)
            m_survey.refusal = std::move(error);
        m_survey.rows.push_back(row);
    }

    LabelSurvey finish(SnapshotSummary summary) {
        m_survey.snapshot = std::move(summary);
        std::vector<std::size_t> used;
        for (std::size_t i = 0; i < m_survey.rows.size(); ++i)
            if (m_survey.rows[i].fate == RowFate::Trained)
                used.push_back(i);
        const std::vector<bool> heldOut = heldOutRows(m_spec, used.size());
        for (std::size_t i = 0; i < used.size(); ++i) {
            m_survey.rows[used[i]].heldOut = heldOut[i];
            m_survey.heldOut += heldOut[i] ? 1 : 0;
        }
        std::ranges::sort(m_lengths);
        const auto rank = [&](std::size_t percent) {
            const std::size_t at = (m_lengths.size() * percent + 99) / 100;
            return m_lengths.empty() ? 0 : m_lengths[std::max<std::size_t>(at, 1) - 1];
        };
        m_survey.p50 = rank(50);
        m_survey.p95 = rank(95);
        m_survey.p99 = rank(99);
        m_survey.longest = rank(100);
        return std::move(m_survey);
    }

private:
    void note(SurveyRow& row, LabelProblem problem, bool holds) {
        if (!holds)
            return;
        row.problems = std::uint8_t(row.problems | 1 << int(problem));
        ++m_survey.counts[int(problem)];
    }

    std::int16_t channel(const std::string& name) {
        const auto [found, isNew]
            = m_channels.emplace(name, std::int16_t(m_survey.channels.size()));
        if (isNew)
            m_survey.channels.push_back(name);
        return found->second;
    }

    const TrainSpec& m_spec;
    const TrainInputs& m_inputs;
    std::vector<TokenId> m_ends;
    LabelSurvey m_survey;
    std::vector<std::int32_t> m_lengths;
    std::map<std::string, std::int16_t> m_channels;
};

PreviewToken previewToken(const Tokenizer* tokenizer, const TrainRow& row, std::size_t at) {
    PreviewToken token;
    token.id = row.ids[at];
    token.trained = row.labels[at] != ignoredLabel;
    if (!row.weights.empty())
        token.weight = row.weights[at];
    if (!tokenizer || token.id < 0 || token.id >= tokenizer->vocabularySize()) {
        token.text = "<" + std::to_string(token.id) + ">";
        return token;
    }
    token.control = tokenizer->isControl(token.id);
    token.text = token.control ? tokenizer->piece(token.id) : tokenizer->bytesOf(token.id);
    if (token.text.empty() || toValidUtf8(token.text) != token.text)
        token.text = displayPiece(*tokenizer, token.id);
    return token;
}

} // namespace

std::string_view labelProblemName(LabelProblem problem) {
    constexpr std::string_view names[]
        = {"untrained", "doubled_bos", "missing_end", "cut_answer", "overlong", "unrendered"};
    return names[int(problem)];
}

std::vector<std::int64_t> LabelSurvey::trainRows() const {
    std::vector<std::int64_t> indices;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].fate == RowFate::Trained && !rows[i].heldOut)
            indices.push_back(std::int64_t(i));
    return indices;
}

std::vector<std::int64_t> LabelSurvey::trainLengths() const {
    std::vector<std::int64_t> lengths;
    for (const std::int64_t index : trainRows())
        lengths.push_back(rows[std::size_t(index)].tokens);
    return lengths;
}

PlannedRows LabelSurvey::trainPlan() const {
    PlannedRows planned;
    for (const std::int64_t index : trainRows()) {
        const SurveyRow& row = rows[std::size_t(index)];
        planned.lengths.push_back(row.tokens);
        planned.channels.push_back(channels[std::size_t(row.channel)]);
    }
    return planned;
}

Result<LabelSurvey> surveyLabels(const TrainSpec& spec, const fs::path& dataFolder,
    const TrainInputs& inputs, const ProgressFunction& progress, StopToken stop) {
    auto summary = readSnapshotSummary(dataFolder);
    if (!summary)
        return forward(summary);
    Surveyor surveyor(spec, inputs);
    std::int64_t done = 0;
    auto read = forEachSnapshotRow(dataFolder, *summary, [&](SnapshotRow&& row) -> Result<void> {
        if (stop.stop_requested())
            return fail("cancelled");
        SnapshotRow place;
        place.byte = row.byte;
        place.row = row.row;
        place.channel = row.channel;
        auto encoded = encodeRow(spec, inputs.tokenizer.get(), inputs.chatTemplate.get(),
            std::move(row), ProbePrompts::Omit);
        if (!encoded) {
            surveyor.refuse(place, std::move(encoded.error()));
        } else {
            std::int32_t piece = 0;
            for (const EncodedRow& one : *encoded)
                surveyor.add(place, one, piece++);
        }
        if (progress && (++done % 256 == 0 || done == summary->rows))
            progress({done, summary->rows});
        return {};
    });
    if (!read)
        return forward(read);
    return surveyor.finish(std::move(*summary));
}

Result<RowPreview> previewRow(const TrainSpec& spec, const fs::path& dataFolder,
    const TrainInputs& inputs, const LabelSurvey& survey, std::int64_t index) {
    if (index < 0 || index >= std::int64_t(survey.rows.size()))
        return fail("preview.no_row",
            {{"row", std::to_string(index)}, {"count", std::to_string(survey.rows.size())}});
    RowPreview preview;
    preview.row = survey.rows[std::size_t(index)];
    auto source = snapshotRowAt(dataFolder, survey.snapshot, preview.row.byte);
    if (!source)
        return forward(source);
    preview.id = source->id;
    preview.channel = source->channel;
    SnapshotRow again = *source;
    auto encoded = encodeRow(spec, inputs.tokenizer.get(), inputs.chatTemplate.get(),
        std::move(*source), ProbePrompts::Omit);
    if (!encoded) {
        preview.refusal = std::move(encoded.error());
        return preview;
    }
    if (preview.row.piece >= std::int32_t(encoded->size()))
        return fail("snapshot.changed", {{"path", dataFolder.string()}});
    const TrainRow& row = (*encoded)[std::size_t(preview.row.piece)].row;
    for (std::size_t i = 0; i < row.ids.size(); ++i)
        preview.tokens.push_back(previewToken(inputs.tokenizer.get(), row, i));
    if (preview.row.cut > 0) {
        TrainSpec whole = spec;
        whole.data.maxLength = std::numeric_limits<std::int32_t>::max();
        auto uncut = encodeRow(whole, inputs.tokenizer.get(), inputs.chatTemplate.get(),
            std::move(again), ProbePrompts::Omit);
        if (uncut && !uncut->empty())
            for (std::size_t i = row.ids.size(); i < uncut->front().row.ids.size(); ++i)
                preview.cutTokens.push_back(
                    previewToken(inputs.tokenizer.get(), uncut->front().row, i));
    }
    return preview;
}

BatchSummary summariseBatches(
    const TrainSpec& spec, const LabelSurvey& survey, const EpochPlan& firstEpoch) {
    BatchSummary summary;
    const std::vector<std::int64_t> rows = survey.trainRows();
    std::int64_t trained = 0;
    std::int64_t padded = 0;
    std::int64_t count = 0;
    for (const std::vector<std::int64_t>& micro : firstEpoch) {
        std::int64_t tokens = 0;
        std::int64_t trainedHere = 0;
        std::int64_t longest = 0;
        for (const std::int64_t index : micro) {
            const SurveyRow& row = survey.rows[std::size_t(rows[std::size_t(index)])];
            tokens += row.tokens;
            trainedHere += row.trained;
            longest = std::max<std::int64_t>(longest, row.tokens);
        }
        count += std::int64_t(micro.size());
        padded += longest * std::int64_t(micro.size());
        summary.tokens += tokens;
        trained += trainedHere;
        summary.largestTokens = std::max(summary.largestTokens, tokens);
        summary.largestTrained = std::max(summary.largestTrained, trainedHere);
    }
    summary.microBatches = std::int64_t(firstEpoch.size());
    summary.steps = stepsOf(firstEpoch, spec.schedule.accumulation);
    summary.totalSteps = totalSteps(spec, survey.trainPlan());
    const double steps = double(std::max<std::int64_t>(summary.steps, 1));
    summary.tokensPerStep = double(summary.tokens) / steps;
    summary.trainedTokensPerStep = double(trained) / steps;
    summary.rowsPerStep = double(count) / steps;
    if (spec.data.packing && summary.microBatches > 0)
        summary.emptyShare = 1
            - double(summary.tokens)
                / (double(summary.microBatches) * double(spec.schedule.microBatchTokens));
    if (padded > 0)
        summary.paddingAvoided = 1 - double(summary.tokens) / double(padded);
    return summary;
}

} // namespace assay
