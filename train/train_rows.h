#pragma once

#include "core/base/progress.h"
#include "core/job/data_snapshot.h"
#include "core/job/train_spec.h"
#include "core/text/chat_template.h"

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
    /// What a greedy probe starts from, and what the row answers; empty where there is nothing to
    /// answer.
    std::vector<TokenId> prompt;
    std::string promptText;
    std::string reference;
};

struct TrainRows {
    std::vector<TrainRow> train;
    std::vector<TrainRow> heldOut;
    std::int64_t truncatedRows = 0;
    std::int64_t cutTrainedTokens = 0;
    std::int64_t droppedRows = 0;
    std::int64_t emptyRows = 0; ///< skipped because no token of theirs was trained
    TokenId largestId = 0;
};

/// Renders, tokenises, masks and cuts every row of the snapshot as the spec says, and puts a seeded
/// part aside. Rows without a trained token are an error that lists them, unless the spec skips
/// them. `tokenizer` may be null for tokenised data, `chatTemplate` where no conversation occurs.
Result<TrainRows> prepareRows(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const Tokenizer* tokenizer, const ChatTemplate* chatTemplate, StopToken stop);

} // namespace assay
