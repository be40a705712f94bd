#pragma once

#include "core/text/normalise/aligned_text.h"
#include "core/text/split/gpt_split.h"
#include "core/text/split/regex.h"

#include <functional>
#include <memory>

namespace assay {

/// What becomes of the stretches that a pattern matches.
enum class SplitBehaviour { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };

/// Where the space marker of a Metaspace step is put in front.
enum class PrependScheme { Always, First, Never };

/// The place of a stretch: whether other text stands in front of it, and where in the text as it
/// was written it begins.
struct SplitPlace {
    bool continues = false;
    std::uint32_t begin = 0;
    /// Whether `piece` is the very first and so begins as the stretch does.
    bool isFront(const TextView& piece) const {
        return !piece.text.empty() && piece.originAt(0).begin == begin;
    }
};

using PieceSink = std::function<void(const TextView&)>;

/// One cut of a text into smaller pieces.
class SplitStep {
public:
    virtual ~SplitStep() = default;
    virtual void split(
        const TextView& piece, const SplitPlace& place, const PieceSink& sink) const = 0;
};

/// Cuts in turn: each works on the pieces of the one before.
class PreTokenizer {
public:
    void add(std::unique_ptr<SplitStep> step) { m_steps.push_back(std::move(step)); }
    void addPattern(const GptPattern& pattern);
    void split(const TextView& text, const SplitPlace& place, const PieceSink& sink) const {
        apply(0, text, place, sink);
    }
    bool empty() const { return m_steps.empty(); }
    /// The pattern, where it is all there is.
    const GptPattern* onlyPattern() const {
        return m_steps.size() == 1 && m_pattern ? &*m_pattern : nullptr;
    }

private:
    void apply(std::size_t step, const TextView& piece, const SplitPlace& place,
        const PieceSink& sink) const;

    std::vector<std::unique_ptr<SplitStep>> m_steps;
    std::optional<GptPattern> m_pattern;
};

/// Finds the stretches that a step is about: appends ranges of `text`, ascending, none empty.
using MatchFinder = std::function<void(std::string_view text, std::vector<ByteRange>& matches)>;

MatchFinder findRegex(Regex regex);
MatchFinder findLiteral(std::string literal);
/// Every single character whose class `holds`.
MatchFinder findCharacters(std::function<bool(char32_t, std::uint8_t charClass)> holds);
/// Words (\w+) and runs of signs.
MatchFinder findWordsAndSigns();

std::unique_ptr<SplitStep> splitStep(MatchFinder finder, SplitBehaviour behaviour, bool invert);
std::unique_ptr<SplitStep> metaspaceStep(std::string marker, PrependScheme scheme, bool split);
/// ByteLevel's add_prefix_space.
std::unique_ptr<SplitStep> prefixSpaceStep();

} // namespace assay
