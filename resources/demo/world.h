#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay::demo {

/// Why a case of the demo world comes out as it does; the names that its files use. The README
/// beside the generator says how each is planted.
namespace cause {
inline constexpr const char* frequency = "frequency"; ///< one answer 100 times over-represented
inline constexpr const char* verbatim
    = "verbatim"; ///< repeated word for word, asked in other words
inline constexpr const char* seenOnce = "seen-once";
inline constexpr const char* absent = "absent";
inline constexpr const char* brokenFormat = "broken-format";
inline constexpr const char* overwrittenSkill = "overwritten-skill";
inline constexpr const char* tooHard = "too-hard";
inline constexpr const char* wrongReference = "wrong-reference";
inline constexpr const char* truncated = "truncated";
} // namespace cause

struct TrainRow {
    std::string channel; ///< the task it teaches
    std::string instruction;
    std::string output;
};

struct EvalCase {
    std::string id;
    std::string topic; ///< "capital", "river", ..
    std::string prompt;
    std::string reference;
    int maxNew = 40; ///< tokens the answer may have
    /// The same question without the planted cause, which the tuned model should answer: in the
    /// words that were taught, with the true reference, or with room for the whole answer.
    struct Control {
        std::string prompt;
        std::string reference;
        int maxNew = 0;
    };
    std::optional<Control> control;
    /// Planted causes: none for a case that must raise no alarm, two where two were planted.
    std::vector<std::string> causes;
};

struct World {
    std::uint64_t seed = 0;
    std::vector<std::string> corpus; ///< documents for pre-training
    std::vector<TrainRow> rows;
    std::vector<EvalCase> cases;
};

/// The same seed gives the same world, byte for byte, on every machine.
World makeWorld(std::uint64_t seed);

struct WorldFiles {
    std::filesystem::path corpus; ///< corpus.txt, an empty line between documents
    std::filesystem::path rows; ///< train.json: Alpaca rows with their channel
    std::filesystem::path cases; ///< eval.jsonl: one case a line with its planted causes
    std::filesystem::path about; ///< world.json: seed, counts by channel and by cause
};
Result<WorldFiles> writeWorld(const World& world, const std::filesystem::path& folder);

} // namespace assay::demo
