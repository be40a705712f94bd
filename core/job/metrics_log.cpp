#include "core/job/metrics_log.h"

#include "core/job/metric_number.h"

#include <cctype>
#include <charconv>

namespace assay {

void addMetricsLine(RunLog& log, const Json& line) {
    if (!line.is_object())
        return;
    const auto number = [&line](const char* key) {
        const auto found = line.find(key);
        return found == line.end() ? RunPlace::none : metricNumber(*found).value_or(RunPlace::none);
    };
    log.addRow({number("step"), number("epoch"), number("tokens"), number("elapsed_s")});
    for (const auto& [key, value] : line.items()) {
        if (key == "step" || key == "epoch" || key == "tokens" || key == "elapsed_s")
            continue;
        if (value.is_object()) {
            for (const auto& [name, inner] : value.items())
                if (const auto read = metricNumber(inner))
                    log.add(key + "/" + name, *read);
        } else if (const auto read = metricNumber(value)) {
            log.add(key, *read);
        }
    }
}

double secondsFromText(std::string_view text) {
    double total = 0;
    bool any = false;
    double clock = -1; // what stands before a colon
    while (!text.empty()) {
        const char c = text.front();
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
            if (c != ' ' && c != ',')
                return RunPlace::none;
            text.remove_prefix(1);
            continue;
        }
        double value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc())
            return RunPlace::none;
        text.remove_prefix(std::size_t(read.ptr - text.data()));
        any = true;
        if (clock >= 0)
            value += clock * 60;
        if (text.starts_with(':')) {
            clock = value;
            text.remove_prefix(1);
            continue;
        }
        if (clock >= 0) {
            total += value;
            clock = -1;
            continue;
        }
        while (text.starts_with(' '))
            text.remove_prefix(1);
        double unit = 1;
        std::size_t word = 0;
        while (word < text.size() && std::isalpha(static_cast<unsigned char>(text[word])) != 0)
            ++word;
        const std::string_view name = text.substr(0, word);
        if (name.starts_with('d'))
            unit = 86400;
        else if (name.starts_with('h'))
            unit = 3600;
        else if (name.starts_with('m'))
            unit = 60;
        else if (!name.empty() && !name.starts_with('s'))
            return RunPlace::none;
        text.remove_prefix(word);
        total += value * unit;
    }
    return any && clock < 0 ? total : RunPlace::none;
}

std::string withQuotedNonFinite(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            result += c;
            if (c == '\\' && i + 1 < text.size())
                result += text[++i];
            else if (c == '"')
                quoted = false;
            continue;
        }
        if (c == '"')
            quoted = true;
        bool replaced = false;
        if (c == 'N' || c == 'I' || c == '-')
            for (const std::string_view word : {"NaN", "Infinity", "-Infinity"})
                if (text.substr(i).starts_with(word)) {
                    result.append(1, '"').append(word).append(1, '"');
                    i += word.size() - 1;
                    replaced = true;
                    break;
                }
        if (!replaced)
            result += c;
    }
    return result;
}

} // namespace assay
