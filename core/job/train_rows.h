#pragma once

#include "core/base/progress.h"
#include "core/job/data_snapshot.h"
#include "core/job/train_spec.h"
#include "core/text/chat_template.h"
#include "core/text/packing.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace assay {

/// A row as the model sees it.
struct TrainRow {
    std::int64_t row = 0; ///< in the snapshot
    std::string id;
    std::string revision;
    std::string channel;
    std::vector<TokenId> ids;
    std::vector<TokenId> labels;
    std::vector<float> weights; ///< empty: all ones
    /// Of a preference pair: where the worse answer's sequence begins; both stand end to end, and
    /// neither sees the other. 0: one sequence.
    std::int64_t split = 0;
    /// What a greedy probe starts from, and what the row answers; empty where there is nothing to
    /// answer.
    std::vector<TokenId> prompt;
    std::string promptText;
    std::string reference;
};

/// What becomes of a row after template, tokenizer and length limit.
enum class RowFate {
    Trained,
    Untrained, ///< no token of it is trained
    Dropped, ///< too long, and the spec drops such rows
    Refused, ///< too long, and the spec ends the run for it
};

/// A row, or one piece of a document, on its way into the model.
struct EncodedRow {
    TrainRow row;
    RowFate fate = RowFate::Trained;
    std::int64_t length = 0; ///< tokens before the limit
    Truncation cut;
    /// Whether the answer, or the document, ends in this piece; one cut off does not.
    bool isLast = true;
};

enum class ProbePrompts { Make, Omit };

/// Renders, tokenises, masks and cuts one row of a snapshot as the spec says: the only way into the
/// model, for runs and previews alike. A document gives a piece for every max_length tokens.
/// `tokenizer` may be null for tokenised data, `chatTemplate` where no conversation occurs.
Result<std::vector<EncodedRow>> encodeRow(const TrainSpec& spec, const Tokenizer* tokenizer,
    const ChatTemplate* chatTemplate, SnapshotRow&& row, ProbePrompts prompts);

/// Which of `count` rows are held out: a seeded choice, as many as the spec says.
std::vector<bool> heldOutRows(const TrainSpec& spec, std::size_t count);

struct TrainRows {
    std::vector<TrainRow> train;
    std::vector<TrainRow> heldOut;
    std::int64_t truncatedRows = 0;
    std::int64_t cutTrainedTokens = 0;
    std::int64_t droppedRows = 0;
    std::int64_t emptyRows = 0; ///< skipped because no token of theirs was trained
    TokenId largestId = 0;
};

/// Every row of the snapshot through `encodeRow`, with a seeded part put aside. Rows without a
/// trained token are an error that lists them, unless the spec skips them.
Result<TrainRows> prepareRows(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const Tokenizer* tokenizer, const ChatTemplate* chatTemplate, StopToken stop);

} // namespace assay
