#include "core/quality/leaks.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"

#include <utf8proc.h>

namespace assay {

namespace {

/// A greeting is no leak.
constexpr std::size_t leastQuestionWords = 3;

bool isPartOfWord(char32_t c) {
    const auto category = utf8proc_category(utf8proc_int32_t(c));
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
        || (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME)
        || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

std::string joined(const std::vector<std::string>& words, std::size_t begin, std::size_t count) {
    std::string text;
    for (std::size_t i = begin; i < begin + count; ++i) {
        const bool spaced = !isCjk(utf8CodePoint(words[i]));
        if (!text.empty() && (spaced || !isCjk(utf8CodePoint(words[i - 1]))))
            text += ' ';
        text += words[i];
    }
    return text;
}

/// One number a word, so that a run of words is a run of numbers.
std::vector<std::uint64_t> numbersOf(const std::vector<std::string>& words) {
    std::vector<std::uint64_t> numbers;
    numbers.reserve(words.size());
    for (const std::string& word : words)
        numbers.push_back(hash64(word));
    return numbers;
}

std::uint64_t keyOf(
    const std::vector<std::uint64_t>& numbers, std::size_t begin, std::size_t count) {
    return hash64(
        {reinterpret_cast<const char*>(numbers.data() + begin), count * sizeof(std::uint64_t)});
}

/// Calls `visit` with the words of each question and answer; it says whether to go on.
template <class Visit> void forEachText(const Sample& sample, Visit visit) {
    const auto through = [&](const std::vector<Message>& messages) {
        for (const Message& message : messages)
            if (message.role == Role::User || message.role == Role::Assistant)
                if (!visit(wordsForLeaks(message.content), message.role == Role::User))
                    return false;
        return true;
    };
    if (sample.text && !visit(wordsForLeaks(*sample.text), false))
        return;
    if (!through(sample.messages))
        return;
    if (sample.chosen && !through(*sample.chosen))
        return;
    if (sample.reference)
        visit(wordsForLeaks(*sample.reference), false);
}

} // namespace

std::vector<std::string> wordsForLeaks(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty())
            words.push_back(std::move(word));
        word.clear();
    };
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (length == 0) {
            text.remove_prefix(1);
            finish();
            continue;
        }
        const char32_t c = utf8CodePoint(text);
        if (isCjk(c)) {
            finish();
            words.emplace_back(text.substr(0, length));
        } else if (isPartOfWord(c)) {
            appendUtf8(word, char32_t(utf8proc_tolower(utf8proc_int32_t(c))));
        } else {
            finish();
        }
        text.remove_prefix(length);
    }
    finish();
    return words;
}

void LeakIndex::add(std::int64_t id, const Sample& sample) {
    ++m_rows;
    forEachText(sample, [&](const std::vector<std::string>& words, bool question) {
        const std::vector<std::uint64_t> numbers = numbersOf(words);
        for (std::size_t i = 0; i + leakWords <= words.size(); ++i)
            m_runs.emplace(keyOf(numbers, i, leakWords), id);
        if (question && words.size() < leakWords && words.size() >= leastQuestionWords)
            m_questions.emplace(keyOf(numbers, 0, words.size()), id);
        return true;
    });
}

std::optional<Leak> LeakIndex::find(const Sample& sample) const {
    std::optional<Leak> leak;
    forEachText(sample, [&](const std::vector<std::string>& words, bool question) {
        const std::vector<std::uint64_t> numbers = numbersOf(words);
        for (std::size_t i = 0; i + leakWords <= words.size(); ++i)
            if (const auto found = m_runs.find(keyOf(numbers, i, leakWords));
                found != m_runs.end()) {
                // On as far as both go together.
                std::size_t count = leakWords;
                while (i + count < words.size()) {
                    const auto next
                        = m_runs.find(keyOf(numbers, i + count + 1 - leakWords, leakWords));
                    if (next == m_runs.end() || next->second != found->second)
                        break;
                    ++count;
                }
                leak = Leak{found->second, joined(words, i, count), false};
                return false;
            }
        if (!question || words.size() >= leakWords || words.size() < leastQuestionWords)
            return true;
        const auto found = m_questions.find(keyOf(numbers, 0, words.size()));
        if (found == m_questions.end())
            return true;
        leak = Leak{found->second, joined(words, 0, words.size()), true};
        return false;
    });
    return leak;
}

} // namespace assay
