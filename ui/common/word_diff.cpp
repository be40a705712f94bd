#include "ui/common/word_diff.h"

#include <QStringView>

#include <algorithm>

namespace assay {

namespace {

constexpr int maxEdits = 3000; ///< words; the trace needs the square of it in memory, 4 bytes each

bool standsAlone(QChar c) {
    if (c.isSurrogate())
        return false;
    switch (c.script()) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return true;
    default:
        return c.isPunct() || c.isSymbol();
    }
}

std::vector<QStringView> words(const QString& text) {
    std::vector<QStringView> found;
    qsizetype begin = 0;
    const auto close = [&](qsizetype end) {
        if (end > begin)
            found.push_back(QStringView(text).mid(begin, end - begin));
        begin = end;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool alone = standsAlone(text[i]);
        const bool startsWord
            = !text[i].isSpace() && i > 0 && (text[i - 1].isSpace() || standsAlone(text[i - 1]));
        if (alone || startsWord)
            close(i);
    }
    close(text.size());
    return found;
}

class Collector {
public:
    void add(DiffPart::Kind kind, QStringView text) {
        if (text.isEmpty())
            return;
        if (m_parts.empty() || m_parts.back().kind != kind)
            m_parts.push_back({kind, {}});
        m_parts.back().text += text;
    }
    std::vector<DiffPart> take() { return std::move(m_parts); }

private:
    std::vector<DiffPart> m_parts;
};

using Words = std::vector<QStringView>;

/// The steps from (0, 0) to (n, m): whether word i of a and word j of b are shared, removed, added.
/// False when more than `maxEdits` are needed.
bool shortestScript(const Words& a, const Words& b, std::vector<DiffPart::Kind>& script) {
    const int n = int(a.size());
    const int m = int(b.size());
    const int limit = std::min(n + m, maxEdits);
    std::vector<int> furthest(std::size_t(2 * limit + 2), 0); // x by diagonal k, at k + limit
    const auto at = [&](int k) -> int& { return furthest[std::size_t(k + limit)]; };
    std::vector<std::vector<int>> trace; // of step d: diagonals -d..d before it
    for (int d = 0; d <= limit; ++d) {
        std::vector<int> row;
        for (int k = -d; k <= d; ++k)
            row.push_back(at(k));
        trace.push_back(std::move(row));
        for (int k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
            int x = d == 0 ? 0 : down ? at(k + 1) : at(k - 1) + 1;
            while (x < n && x - k < m && a[std::size_t(x)] == b[std::size_t(x - k)])
                ++x;
            at(k) = x;
            if (x < n || x - k < m)
                continue;
            // Walk back from the end.
            int y = x - k;
            for (int step = d; step >= 0; --step) {
                const std::vector<int>& before = trace[std::size_t(step)];
                const auto was = [&](int diagonal) { return before[std::size_t(diagonal + step)]; };
                const int diagonal = x - y;
                const bool wasDown = diagonal == -step
                    || (diagonal != step && was(diagonal - 1) < was(diagonal + 1));
                const int startX = step == 0 ? 0
                    : wasDown                ? was(diagonal + 1)
                                             : was(diagonal - 1) + 1;
                for (; x > startX; --x, --y)
                    script.push_back(DiffPart::Kind::Same);
                if (step == 0)
                    break;
                script.push_back(wasDown ? DiffPart::Kind::Added : DiffPart::Kind::Removed);
                wasDown ? --y : --x;
            }
            std::ranges::reverse(script);
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<DiffPart> wordDiff(const QString& before, const QString& after) {
    Words a = words(before);
    Words b = words(after);
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head
        && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    Collector parts;
    for (std::size_t i = 0; i < head; ++i)
        parts.add(DiffPart::Kind::Same, a[i]);
    const Words middleA(a.begin() + std::ptrdiff_t(head), a.end() - std::ptrdiff_t(tail));
    const Words middleB(b.begin() + std::ptrdiff_t(head), b.end() - std::ptrdiff_t(tail));
    std::vector<DiffPart::Kind> script;
    if (!shortestScript(middleA, middleB, script)) {
        script.assign(middleA.size(), DiffPart::Kind::Removed);
        script.insert(script.end(), middleB.size(), DiffPart::Kind::Added);
    }
    std::size_t i = 0;
    std::size_t j = 0;
    for (const DiffPart::Kind kind : script) {
        if (kind == DiffPart::Kind::Added) {
            parts.add(kind, middleB[j++]);
            continue;
        }
        parts.add(kind, middleA[i++]);
        if (kind == DiffPart::Kind::Same)
            ++j;
    }
    for (std::size_t k = a.size() - tail; k < a.size(); ++k)
        parts.add(DiffPart::Kind::Same, a[k]);
    return parts.take();
}

} // namespace assay
