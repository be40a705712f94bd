#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// Sizes that decide memory and time of a training run on one machine.
struct TrainingSizes {
    std::int64_t parameters = 0;
    std::int64_t vocabulary = 0;
    std::int64_t hidden = 0;
    std::int64_t intermediate = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headDimension = 0;
    bool tiedEmbeddings = false;
    bool bf16 = false;
    /// Numbers that a token leaves in one layer beyond those of Llama's blocks (what stands before
    /// further norms), less what its blocks do without.
    std::int64_t extraPerTokenAndLayer = 0;
    /// Of the model's own parameters, how many learn; -1: all.
    std::int64_t trainedOwn = -1;
    bool hasAdapter = false; ///< then only what learns has a master copy
    std::int64_t adapterParameters = 0; ///< in its pairs
    bool checkpointing = false;
    /// Of the largest micro-batch.
    std::int64_t microBatchTokens = 0;
    std::int64_t microBatchTrainedTokens = 0;
    /// Of all rows, which are held in memory as ids and labels.
    std::int64_t dataTokens = 0;
};

/// One part of the memory, with the formula it comes from.
struct MemoryPart {
    std::string
        key; ///< "weights", "gradients", "optimizer", "activations", "logits", "data", "program"
    double bytes = 0;
    std::string formula; ///< with the numbers filled in, for people who want to check it
};

/// What a step holds at its peak. Sizes of buffers are those of Parameters, Optimizer, Activations
/// and the loss of this program; published formulas for other trainers differ.
std::vector<MemoryPart> memoryParts(const TrainingSizes& sizes);
double totalBytes(const std::vector<MemoryPart>& parts);

/// Rows of logits that exist at a time: about 16 MB of fp32, large enough for the products, small
/// enough for the cache's sake. The loss uses the same number.
std::int64_t logitsChunkRows(std::int64_t vocabulary);

/// Floating-point operations of training one token: forward 2 and backward 4 for each parameter
/// that a token passes through (the input embedding is a look-up, the head only works on trained
/// tokens), plus attention: 12 * layers * heads * headDimension * meanContext / 2, causal.
/// (arXiv 2001.08361, table 1; halved for the causal triangle.)
/// Without the gradients of weights that are kept as they are (an adapter's base) it is 4 in place
/// of 6, and checkpointing adds the forward pass once more.
double trainingFlopsPerToken(const TrainingSizes& sizes, double trainedShare, double meanContext);
/// Of reading it without learning: a third.
double scoringFlopsPerToken(const TrainingSizes& sizes, double trainedShare, double meanContext);

/// What is assumed where nothing was measured on this machine: 8 GFLOP/s a thread for fp32. A
/// heuristic, to be replaced by a measurement.
double assumedFlopsPerSecond(int threads);

} // namespace assay
