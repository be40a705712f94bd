#include "core/quality/checks.h"

#include <algorithm>
#include <array>
#include <cctype>

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

bool isBoilerplate(std::string_view answer) {
    const std::string text = lowered(answer);
    for (const std::string_view phrase :
        {"as an ai language model", "as an ai model", "as an ai assistant", "as an ai,",
            "as a language model", "lorem ipsum", "作为一个人工智能", "作为人工智能", "作为一个ai",
            "作为ai", "作为一个语言模型", "作为语言模型", "作为一名ai"})
        if (text.find(phrase) != std::string::npos)
            return true;
    for (const std::string_view opening :
        {"i'm sorry, but", "i am sorry, but", "i’m sorry, but", "sorry, but i", "i cannot ",
            "i can't assist", "i can't help", "i'm unable to", "i am unable to", "i apologize, but",
            "抱歉，我", "很抱歉，我", "对不起，我", "我无法", "我不能"})
        if (text.starts_with(opening))
            return true;
    return false;
}

bool hasEmail(std::string_view text) {
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
            return true;
    }
    return false;
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
bool hasPublicIp(std::string_view text) {
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
            return true;
    }
    return false;
}

bool hasSecret(std::string_view text) {
    if (text.find("-----BEGIN ") != std::string_view::npos
        && text.find("PRIVATE KEY-----") != std::string_view::npos)
        return true;
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
                return true;
        }
    return false;
}

} // namespace

std::vector<const CheckInfo*> checkContent(std::string_view whole, std::string_view answer) {
    std::vector<const CheckInfo*> found;
    const auto add = [&](bool wrong, const char* name) {
        if (wrong)
            found.push_back(findCheck(name));
    };
    add(isBoilerplate(answer), "boilerplate");
    add(hasEmail(whole), "pii-email");
    add(hasPublicIp(whole), "pii-ip");
    add(hasSecret(whole), "pii-secret");
    return found;
}

} // namespace assay
