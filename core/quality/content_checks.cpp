#include "core/quality/checks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_set>

namespace assay {

namespace {

bool isWordByte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 128 && (std::isalnum(byte) || c == '_' || c == '-');
}

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(
        lower, lower.begin(), [](unsigned char c) { return char(c < 128 ? std::tolower(c) : c); });
    return lower;
}

std::string_view boilerplateIn(std::string_view answer) {
    const std::string text = lowered(answer);
    for (const std::string_view phrase :
        {"as an ai language model", "as an ai model", "as an ai assistant", "as an ai,",
            "as a language model", "lorem ipsum", "作为一个人工智能", "作为人工智能", "作为一个ai",
            "作为ai", "作为一个语言模型", "作为语言模型", "作为一名ai"})
        if (text.find(phrase) != std::string::npos)
            return phrase;
    for (const std::string_view opening :
        {"i'm sorry, but", "i am sorry, but", "i’m sorry, but", "sorry, but i", "i cannot ",
            "i can't assist", "i can't help", "i'm unable to", "i am unable to", "i apologize, but",
            "抱歉，我", "很抱歉，我", "对不起，我", "我无法", "我不能"})
        if (text.starts_with(opening))
            return opening;
    return {};
}

std::string_view emailIn(std::string_view text) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        std::size_t begin = at;
        while (begin > 0
            && (isWordByte(text[begin - 1]) || text[begin - 1] == '.' || text[begin - 1] == '+'
                || text[begin - 1] == '%'))
            --begin;
        std::size_t end = at + 1;
        while (end < text.size() && (isWordByte(text[end]) || text[end] == '.'))
            ++end;
        std::string_view domain = text.substr(at + 1, end - at - 1);
        while (domain.ends_with('.'))
            domain.remove_suffix(1);
        const std::size_t dot = domain.rfind('.');
        if (begin == at || dot == std::string_view::npos || dot == 0)
            continue;
        const std::string_view top = domain.substr(dot + 1);
        if (top.size() >= 2
            && std::ranges::all_of(top, [](unsigned char c) { return c < 128 && std::isalpha(c); }))
            return text.substr(begin, at + 1 - begin + domain.size());
    }
    return {};
}

bool isPublic(const std::array<int, 4>& ip) {
    const auto [a, b, c, d] = ip;
    const bool reserved = a == 0 || a == 10 || a == 127 || a >= 224
        || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) || (a == 169 && b == 254)
        || (a == 100 && b >= 64 && b < 128) || (a == 192 && b == 0 && c == 2)
        || (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113)
        || (a == 198 && (b == 18 || b == 19));
    return !reserved && d >= 0;
}

/// Four numbers up to 255 between dots, with nothing of a longer number or version around them.
std::string_view publicIpIn(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!std::isdigit(static_cast<unsigned char>(text[at]))
            || (at > 0 && (isWordByte(text[at - 1]) || text[at - 1] == '.')))
            continue;
        std::array<int, 4> parts{};
        std::size_t place = at;
        std::size_t part = 0;
        for (; part < 4; ++part) {
            int value = 0;
            std::size_t digits = 0;
            while (place < text.size() && std::isdigit(static_cast<unsigned char>(text[place]))
                && digits < 4) {
                value = 10 * value + (text[place] - '0');
                ++place;
                ++digits;
            }
            if (digits == 0 || digits > 3 || value > 255)
                break;
            parts[part] = value;
            if (part < 3) {
                if (place >= text.size() || text[place] != '.')
                    break;
                ++place;
            }
        }
        const bool whole = part == 4
            && (place == text.size()
                || (!isWordByte(text[place])
                    && !(text[place] == '.' && place + 1 < text.size()
                        && std::isdigit(static_cast<unsigned char>(text[place + 1])))));
        if (whole && isPublic(parts))
            return text.substr(at, place - at);
    }
    return {};
}

std::string_view secretIn(std::string_view text) {
    constexpr std::string_view keyEnd = "PRIVATE KEY-----";
    const std::size_t begins = text.find("-----BEGIN ");
    if (begins != std::string_view::npos)
        if (const std::size_t ends = text.find(keyEnd, begins); ends != std::string_view::npos)
            return text.substr(begins, ends + keyEnd.size() - begins);
    struct Form {
        std::string_view prefix;
        std::size_t length; ///< of what follows, at least
    };
    for (const auto& [prefix, length] :
        {Form{"AKIA", 16}, Form{"ghp_", 36}, Form{"github_pat_", 30}, Form{"xoxb-", 20},
            Form{"xoxp-", 20}, Form{"AIza", 35}, Form{"sk-", 32}})
        for (std::size_t at = text.find(prefix); at != std::string_view::npos;
             at = text.find(prefix, at + 1)) {
            if (at > 0 && isWordByte(text[at - 1]))
                continue;
            std::size_t end = at + prefix.size();
            bool digit = false;
            while (end < text.size() && isWordByte(text[end])) {
                digit = digit || std::isdigit(static_cast<unsigned char>(text[end]));
                ++end;
            }
            if (digit && end - at - prefix.size() >= length)
                return text.substr(at, end - at);
        }
    return {};
}

/// Words that are flagged wherever they stand alone; deliberately few, and none that is also a
/// common harmless word.
bool isFlagged(std::string_view word) {
    static const std::unordered_set<std::string_view> words = {"fuck", "fucks", "fucked", "fucker",
        "fuckers", "fucking", "motherfucker", "motherfuckers", "motherfucking", "shit", "shits",
        "shitty", "bullshit", "shithead", "bitch", "bitches", "bastard", "bastards", "asshole",
        "assholes", "dumbass", "jackass", "cunt", "cunts", "dickhead", "dickheads", "twat",
        "wanker", "wankers", "slut", "sluts", "whore", "whores", "nigger", "niggers", "faggot",
        "faggots", "retard", "retards", "porn", "porno", "blowjob", "blowjobs"};
    return words.contains(word);
}

constexpr std::string_view flaggedPhrases[] = {"傻逼", "傻屄", "操你妈", "草泥马", "他妈的", "妈逼",
    "王八蛋", "狗娘养的", "婊子", "贱人", "滚蛋", "脑残"};

constexpr double mostFlagged = 0.045;

struct Flagged {
    std::size_t words = 0;
    std::size_t all = 0;
    std::string first;
};

/// Words of Latin script, and characters of scripts without spaces.
Flagged flaggedIn(std::string_view text) {
    Flagged flagged;
    for (const std::string& word : wordsForLeaks(text)) {
        ++flagged.all;
        if (!isFlagged(word))
            continue;
        ++flagged.words;
        if (flagged.first.empty())
            flagged.first = word;
    }
    for (const std::string_view phrase : flaggedPhrases)
        for (std::size_t at = text.find(phrase); at != std::string_view::npos;
             at = text.find(phrase, at + phrase.size())) {
            flagged.words += phrase.size() / 3;
            if (flagged.first.empty())
                flagged.first = phrase;
        }
    return flagged;
}

} // namespace

std::vector<const CheckInfo*> checkContent(std::string_view whole, std::string_view answer) {
    std::vector<const CheckInfo*> found;
    const auto add = [&](bool wrong, const char* name) {
        if (wrong)
            found.push_back(findCheck(name));
    };
    add(!boilerplateIn(answer).empty(), "boilerplate");
    const Flagged flagged = flaggedIn(whole);
    add(flagged.words > 0 && double(flagged.words) > mostFlagged * double(flagged.all),
        "flagged-words");
    add(!emailIn(whole).empty(), "pii-email");
    add(!publicIpIn(whole).empty(), "pii-ip");
    add(!secretIn(whole).empty(), "pii-secret");
    return found;
}

std::string redactedText(std::string_view check, std::string_view text) {
    const auto find = check == "pii-email" ? emailIn
        : check == "pii-ip"                ? publicIpIn
        : check == "pii-secret"            ? secretIn
                                           : nullptr;
    const std::string_view word = check == "pii-email" ? "[e-mail]"
        : check == "pii-ip"                            ? "[IP address]"
                                                       : "[secret]";
    std::string out;
    while (find) {
        const std::string_view found = find(text);
        if (found.empty())
            break;
        const auto at = std::size_t(found.data() - text.data());
        out.append(text.substr(0, at)).append(word);
        text.remove_prefix(at + found.size());
    }
    return out.append(text);
}

std::string contentEvidence(
    std::string_view name, std::string_view whole, std::string_view answer) {
    if (name == "boilerplate")
        return std::string(boilerplateIn(answer));
    if (name == "flagged-words")
        return flaggedIn(whole).first;
    if (name == "pii-email")
        return std::string(emailIn(whole));
    if (name == "pii-ip")
        return std::string(publicIpIn(whole));
    if (name == "pii-secret") // what it is, not what it says: screens are shared
        return std::string(secretIn(whole).substr(0, 8)) + "…";
    return {};
}

} // namespace assay
