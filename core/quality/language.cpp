#include "core/quality/language.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace assay {

namespace {

/// Letters of a script say the language where only one common language uses it.
struct ScriptRange {
    char32_t first;
    char32_t last;
    const char* language;
};
constexpr auto scripts = std::to_array<ScriptRange>({
    {0x0370, 0x03ff, "el"},
    {0x0400, 0x052f, "ru"},
    {0x0590, 0x05ff, "he"},
    {0x0600, 0x06ff, "ar"},
    {0x0900, 0x097f, "hi"},
    {0x0980, 0x09ff, "bn"},
    {0x0b80, 0x0bff, "ta"},
    {0x0e00, 0x0e7f, "th"},
    {0x10a0, 0x10ff, "ka"},
    {0x3040, 0x30ff, "ja"},
    {0xac00, 0xd7af, "ko"},
    {0x1100, 0x11ff, "ko"},
});

using Words = std::unordered_map<std::string_view, std::size_t>;
constexpr std::array latinLanguages = {"en", "de", "fr", "es", "it", "pt", "nl"};

const Words& functionWords() {
    static const Words words = [] {
        const std::array<std::string_view, latinLanguages.size()> lists = {
            "the and of is that for with you this are was have not from they what how which be it "
            "your can by as at or to if my their",
            "der die das und ist nicht ein eine mit für auf den von dem sich auch wird wie oder zu "
            "sind im bei einen",
            "le les et est des une dans pour qui sur pas vous avec ce sont du au ou cette plus je",
            "el los las y es una por para con del como más pero sus este esta se lo al muy hay",
            "il che di è gli per una con non sono della nel anche più come dei delle alla questo",
            "os e uma para com não que do da em por mais como dos foi ao são você isso sua",
            "het een van en is dat niet op te met voor zijn ook aan er maar bij door naar deze",
        };
        Words made;
        for (std::size_t language = 0; language < lists.size(); ++language) {
            std::string_view rest = lists[language];
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find(' '), rest.size());
                // A word of two languages decides for neither.
                auto [found, isNew] = made.try_emplace(rest.substr(0, end), language);
                if (!isNew)
                    found->second = latinLanguages.size();
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
        return made;
    }();
    return words;
}

std::string latinLanguage(const MeasuredText& text) {
    std::array<int, latinLanguages.size()> hits{};
    for (std::string_view word : text.words) {
        const auto isEdge = [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return byte < 128 && !std::isalpha(byte);
        };
        while (!word.empty() && isEdge(word.front()))
            word.remove_prefix(1);
        while (!word.empty() && isEdge(word.back()))
            word.remove_suffix(1);
        std::string lower(word);
        std::ranges::transform(lower, lower.begin(),
            [](unsigned char c) { return char(c < 128 ? std::tolower(c) : c); });
        const auto found = functionWords().find(lower);
        if (found != functionWords().end() && found->second < hits.size())
            ++hits[found->second];
    }
    const auto best = std::ranges::max_element(hits);
    int second = 0;
    for (auto it = hits.begin(); it != hits.end(); ++it)
        if (it != best)
            second = std::max(second, *it);
    if (*best < 2 || *best < 2 * second)
        return "und";
    return latinLanguages[std::size_t(best - hits.begin())];
}

} // namespace

std::string languageOf(const MeasuredText& text) {
    std::unordered_map<std::string_view, std::int64_t> counts;
    std::int64_t han = 0;
    std::int64_t latin = 0;
    for (const char32_t c : text.characters) {
        if ((c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf)) {
            ++han;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0x24f)) {
            ++latin;
        } else if (c >= 0x370) {
            for (const ScriptRange& script : scripts)
                if (c >= script.first && c <= script.last)
                    ++counts[script.language];
        }
    }
    // A Chinese character says about as much as four letters.
    std::int64_t best = 4 * han;
    std::string_view language = "zh";
    for (const auto& [name, count] : counts) {
        const std::int64_t weight = name == "ko" ? 2 * count : count;
        if (weight > best) {
            best = weight;
            language = name;
        }
    }
    // Japanese is written with Chinese characters between its own.
    if (language == "zh" && counts["ja"] * 10 > han && counts["ja"] > 1)
        language = "ja";
    if (latin > best)
        return latinLanguage(text);
    return best >= 8 ? std::string(language) : "und";
}

} // namespace assay
