#include "core/text/split/pre_tokenizer.h"

#include "core/text/split/char_class.h"

namespace assay {

namespace {

class PatternStep : public SplitStep {
public:
    explicit PatternStep(const GptPattern& pattern)
        : m_pattern(pattern) { }
    void split(const TextView& piece, const SplitPlace&, const PieceSink& sink) const override {
        const char* const begin = piece.text.data();
        const char* const end = begin + piece.text.size();
        const std::uint8_t* classes = charClasses();
        for (const char* at = begin; at < end;) {
            const char* next = gptWordEnd(m_pattern, classes, at, end);
            sink(piece.part(std::size_t(at - begin), std::size_t(next - at)));
            at = next;
        }
    }

private:
    GptPattern m_pattern;
};

struct Cut {
    ByteRange range;
    bool match = false;
};

std::vector<Cut> cutsOf(std::string_view text, const std::vector<ByteRange>& matches, bool invert) {
    std::vector<Cut> cuts;
    std::int64_t at = 0;
    for (const ByteRange& match : matches) {
        if (match.begin > at)
            cuts.push_back({{at, match.begin}, invert});
        cuts.push_back({match, !invert});
        at = match.end;
    }
    if (at < std::int64_t(text.size()))
        cuts.push_back({{at, std::int64_t(text.size())}, invert});
    return cuts;
}

/// A match joins its neighbour, but not a second match in a row.
std::vector<Cut> joined(const std::vector<Cut>& cuts, SplitBehaviour behaviour) {
    std::vector<Cut> result;
    if (behaviour == SplitBehaviour::MergedWithNext) {
        bool nextMatches = false;
        for (auto cut = cuts.rbegin(); cut != cuts.rend(); ++cut) {
            if (cut->match && !nextMatches && !result.empty())
                result.back().range.begin = cut->range.begin;
            else
                result.push_back(*cut);
            nextMatches = cut->match;
        }
        return {result.rbegin(), result.rend()};
    }
    bool previousMatches = false;
    for (const Cut& cut : cuts) {
        const bool joins = behaviour == SplitBehaviour::Contiguous ? cut.match == previousMatches
                                                                   : cut.match && !previousMatches;
        if (joins && !result.empty())
            result.back().range.end = cut.range.end;
        else
            result.push_back(cut);
        previousMatches = cut.match;
    }
    return result;
}

class MatchStep : public SplitStep {
public:
    MatchStep(MatchFinder finder, SplitBehaviour behaviour, bool invert)
        : m_finder(std::move(finder))
        , m_behaviour(behaviour)
        , m_invert(invert) { }
    void split(const TextView& piece, const SplitPlace&, const PieceSink& sink) const override {
        std::vector<ByteRange> matches;
        m_finder(piece.text, matches);
        std::vector<Cut> cuts = cutsOf(piece.text, matches, m_invert);
        if (m_behaviour != SplitBehaviour::Removed && m_behaviour != SplitBehaviour::Isolated)
            cuts = joined(cuts, m_behaviour);
        for (const Cut& cut : cuts)
            if (!cut.match || m_behaviour != SplitBehaviour::Removed)
                sink(piece.part(
                    std::size_t(cut.range.begin), std::size_t(cut.range.end - cut.range.begin)));
    }

private:
    MatchFinder m_finder;
    SplitBehaviour m_behaviour;
    bool m_invert;
};

class Metaspace : public SplitStep {
public:
    Metaspace(std::string marker, PrependScheme scheme, bool split)
        : m_marker(std::move(marker))
        , m_scheme(scheme)
        , m_cut(split ? splitStep(findLiteral(m_marker), SplitBehaviour::MergedWithNext, false)
                      : nullptr) { }
    void split(
        const TextView& piece, const SplitPlace& place, const PieceSink& sink) const override {
        AlignedText changed;
        const bool front = place.isFront(piece);
        const bool wanted = m_scheme == PrependScheme::Always
            || (m_scheme == PrependScheme::First && front && place.begin == 0);
        if (wanted && !(front && place.continues) && !piece.text.starts_with(' ')
            && !piece.text.starts_with(m_marker))
            changed.append(m_marker, frontOf(piece));
        std::size_t at = 0;
        for (std::size_t found; (found = piece.text.find(' ', at)) != std::string_view::npos;
             at = found + 1) {
            changed.append(piece.part(at, found - at));
            changed.append(m_marker, wholeOf(piece.part(found, 1)));
        }
        changed.append(piece.part(at, piece.text.size() - at));
        if (m_cut)
            m_cut->split(changed.view(), place, sink);
        else
            sink(changed.view());
    }

private:
    std::string m_marker;
    PrependScheme m_scheme;
    std::unique_ptr<SplitStep> m_cut;
};

class PrefixSpace : public SplitStep {
public:
    void split(
        const TextView& piece, const SplitPlace& place, const PieceSink& sink) const override {
        if (piece.text.starts_with(' ') || (place.continues && place.isFront(piece))) {
            sink(piece);
            return;
        }
        AlignedText changed;
        changed.append(" ", frontOf(piece));
        changed.append(piece);
        sink(changed.view());
    }
};

} // namespace

void PreTokenizer::addPattern(const GptPattern& pattern) {
    m_steps.push_back(std::make_unique<PatternStep>(pattern));
    m_pattern = pattern;
}

void PreTokenizer::apply(
    std::size_t step, const TextView& piece, const SplitPlace& place, const PieceSink& sink) const {
    if (piece.text.empty())
        return;
    if (step == m_steps.size()) {
        sink(piece);
        return;
    }
    m_steps[step]->split(
        piece, place, [&](const TextView& part) { apply(step + 1, part, place, sink); });
}

MatchFinder findRegex(Regex regex) {
    return [regex = std::move(regex)](std::string_view text, std::vector<ByteRange>& matches) {
        ByteRange match;
        for (std::size_t at = 0; at < text.size() && regex.find(text, at, match);) {
            if (match.end > match.begin) {
                matches.push_back(match);
                at = std::size_t(match.end);
            } else {
                if (match.end >= std::int64_t(text.size()))
                    break;
                at = std::size_t(match.end) + charAt(text.data() + match.end).size;
            }
        }
    };
}

MatchFinder findLiteral(std::string literal) {
    return [literal = std::move(literal)](std::string_view text, std::vector<ByteRange>& matches) {
        if (literal.empty())
            return;
        for (std::size_t at = 0; (at = text.find(literal, at)) != std::string_view::npos;
             at += literal.size())
            matches.push_back({std::int64_t(at), std::int64_t(at + literal.size())});
    };
}

MatchFinder findCharacters(std::function<bool(char32_t, std::uint8_t)> holds) {
    return [holds = std::move(holds)](std::string_view text, std::vector<ByteRange>& matches) {
        const std::uint8_t* classes = charClasses();
        for (std::size_t at = 0; at < text.size();) {
            const CharAt c = charAt(text.data() + at);
            if (holds(c.codePoint, classes[c.codePoint]))
                matches.push_back({std::int64_t(at), std::int64_t(at + c.size)});
            at += c.size;
        }
    };
}

MatchFinder findWordsAndSigns() {
    return [](std::string_view text, std::vector<ByteRange>& matches) {
        const std::uint8_t* classes = charClasses();
        int before = 0; // 1 in a word, 2 in a run of signs
        for (std::size_t at = 0; at < text.size();) {
            const CharAt c = charAt(text.data() + at);
            const std::uint8_t kind = classes[c.codePoint];
            const int now = isWordChar(kind) ? 1 : kind & CharSpace ? 0 : 2;
            if (now != 0 && now == before)
                matches.back().end += c.size;
            else if (now != 0)
                matches.push_back({std::int64_t(at), std::int64_t(at + c.size)});
            before = now;
            at += c.size;
        }
    };
}

std::unique_ptr<SplitStep> splitStep(MatchFinder finder, SplitBehaviour behaviour, bool invert) {
    return std::make_unique<MatchStep>(std::move(finder), behaviour, invert);
}

std::unique_ptr<SplitStep> metaspaceStep(std::string marker, PrependScheme scheme, bool split) {
    return std::make_unique<Metaspace>(std::move(marker), scheme, split);
}

std::unique_ptr<SplitStep> prefixSpaceStep() {
    return std::make_unique<PrefixSpace>();
}

} // namespace assay
