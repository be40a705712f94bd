#pragma once

#include "core/base/json.h"
#include "core/job/engine_interface.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Everything that decides a training run. Plain data; read from spec.json (closed schema: an
/// unknown key is an error) and stored with the run. Paths are absolute once a job folder is made.
struct TrainSpec {
    static constexpr int currentVersion = 1;

    int version = currentVersion;
    std::string kind = "sft"; ///< "sft", "pretrain" or "dpo"
    std::string name; ///< for people; default from kind and time

    struct Model {
        /// A Hugging Face folder to start from; empty with `shape` for a random start.
        std::string path;
        /// Random start (kind pretrain or sft from scratch).
        struct Shape {
            std::int64_t hiddenSize = 128;
            std::int64_t intermediateSize = 352;
            std::int64_t layers = 4;
            std::int64_t heads = 4;
            std::int64_t kvHeads = 2;
            std::int64_t maxPositions = 512;
            bool tiedEmbeddings = true;
            double ropeTheta = 10000;
            double normEps = 1e-5;
            double initStd = 0.02;
        };
        std::optional<Shape> shape;
        /// A folder with tokenizer.model for the random start; the trained model's folder gets a
        /// copy.
        std::string tokenizer;
    } model;

    /// A low-rank adapter in place of training the model's own weights; core/job/adapter_config.
    struct Adapter {
        std::string kind = "none"; ///< "none", "lora", "rslora", "dora"
        /// An adapter's folder to go on from: its kind, rank, alpha and targets are kept.
        std::string start;
        std::int64_t rank = 16;
        double alpha = 32;
        double dropout = 0;
        /// Module names or their ends, "all-linear", or one "re:EXPRESSION".
        std::vector<std::string> targets = {"all-linear"};
        /// Modules trained and stored whole: "embed_tokens", "lm_head".
        std::vector<std::string> savedWhole;
        bool wanted() const { return kind != "none"; }
    } adapter;

    /// What stays as it is where the model's own weights are trained.
    struct Freeze {
        bool embeddings = false;
        std::int64_t firstLayers = 0; ///< this many, from the input on
        std::vector<std::string> modules; ///< names or their ends, as adapter.targets
        bool wanted() const { return embeddings || firstLayers > 0 || !modules.empty(); }
    } freeze;

    struct Data {
        /// Exactly one of the three.
        std::string project; ///< project folder; with `view`
        /// Name of a saved view, or a filter as JSON text; empty: all samples. Rejected ones are
        /// left out unless the filter asks for them by status.
        std::string view;
        std::vector<std::string> files; ///< any importable files, or plain text for pre-training
        std::string tokenized; ///< JSONL of {"ids":[..],"labels":[..]}
        /// Share or count held out for evaluation: < 1 share, >= 1 rows.
        double heldOut = 0.02;
        std::string order = "shuffle"; ///< "shuffle" (by seed) or "file"
        std::int64_t maxLength = 512;
        /// What happens to rows longer than maxLength: "truncate", "drop", "raise".
        std::string overlong = "truncate";
        bool packing = true;
        /// Every token is trained, not only answers.
        bool trainOnPrompt = false;
        /// Answers before the last one of a conversation are trained too.
        bool trainOnHistory = true;
        /// Key of a row's own data that holds its weight in the loss; empty: all rows weigh 1.
        std::string weightKey;
        /// How often rows of a channel are seen in an epoch: see core/job/channel_mix.h.
        std::vector<std::string> mix;
        /// Rows with no trained token after template and truncation: "raise" or "skip" (counted).
        std::string emptyRows = "raise";
    } data;

    /// Named chat template; empty takes the one stored with the model.
    std::string chatTemplate;

    struct Optimizer {
        double learningRate = 1e-4;
        std::string schedule = "cosine"; ///< "constant", "linear", "cosine"
        double warmupRatio = 0.03; ///< of all steps; ignored when warmupSteps >= 0
        std::int64_t warmupSteps = -1;
        double minLearningRateRatio = 0; ///< the schedule ends at this share of the rate
        double beta1 = 0.9;
        double beta2 = 0.95;
        double epsilon = 1e-8;
        double weightDecay = 0.1; ///< on matrices only
        double clipNorm = 1.0; ///< 0: no clipping
        double neftuneAlpha = 0; ///< noise on the embeddings of training; 0: none
    } optimizer;

    struct Schedule {
        double epochs = 3;
        std::int64_t maxSteps = -1; ///< >= 0 overrides epochs
        /// Tokens in one packed micro-batch (packing), else rows a micro-batch.
        std::int64_t microBatchTokens = 2048;
        std::int64_t microBatchRows = 4;
        std::int64_t accumulation = 1; ///< micro-batches a step
        /// Layers' insides are computed again in the backward pass instead of being kept.
        bool gradientCheckpointing = false;
    } schedule;

    /// Direct preference optimisation (Rafailov et al., arXiv 2305.18290); kind "dpo".
    struct Dpo {
        double beta = 0.1;
        double labelSmoothing = 0; ///< share of pairs taken to be the wrong way round
    } dpo;

    struct Evaluation {
        std::int64_t everySteps = 0; ///< 0: at each epoch's end
        std::int64_t probePrompts = 8; ///< greedy answers to the same prompts at each evaluation
        std::int64_t probeMaxNew = 48;
        std::int64_t probeRows
            = 64; ///< fixed rows whose loss is taken at base and each epoch's end
        /// Evaluations without improvement before the run stops; 0: never.
        std::int64_t patience = 0;
        double minImprovement = 0;
    } evaluation;

    struct Checkpoints {
        std::int64_t everySteps = 0; ///< 0: at each epoch's end
        std::int64_t keep = 2; ///< the newest, plus the best by eval loss
    } checkpoints;

    Dtype dtype = Dtype::F32;
    std::uint64_t seed = 42;
    int threads = 0; ///< 0: all
    /// "stop" or "skip": what a NaN or infinite loss or gradient does (a skipped step is counted).
    std::string onNan = "stop";
};

/// Collects every problem before it reports.
Result<TrainSpec> trainSpecFromJson(const Json& json, const std::string& place);
Json trainSpecToJson(const TrainSpec& spec);
/// A full spec with // comments that explain every key; `kind` is "sft" or "pretrain".
Result<std::string> exampleSpec(const std::string& kind);

} // namespace assay
