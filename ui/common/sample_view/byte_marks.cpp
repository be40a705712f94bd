#include "ui/common/sample_view/byte_marks.h"

namespace assay {

namespace {

/// Walks a text by characters, counting bytes of its UTF-8 and positions of its document.
struct Walk {
    const QString& text;
    qsizetype index = 0;
    qint64 byte = 0;
    int position = 0;

    bool atEnd() const { return index >= text.size(); }
    qint64 bytesHere() const {
        const QChar c = text[index];
        if (c.unicode() < 0x80)
            return 1;
        if (c.unicode() < 0x800)
            return 2;
        return c.isHighSurrogate() && index + 1 < text.size() && text[index + 1].isLowSurrogate()
            ? 4
            : 3;
    }
    void step() {
        const qint64 bytes = bytesHere();
        const int units = bytes == 4 ? 2 : 1;
        const bool joined = text[index] == QLatin1Char('\r') && index + 1 < text.size()
            && text[index + 1] == QLatin1Char('\n');
        byte += bytes;
        index += units;
        position += joined ? 0 : units;
    }
};

} // namespace

std::vector<int> documentPositions(const QString& text, const std::vector<qint64>& bytes) {
    std::vector<int> positions;
    Walk walk{text};
    for (const qint64 wanted : bytes) {
        while (!walk.atEnd() && walk.byte + walk.bytesHere() <= wanted)
            walk.step();
        positions.push_back(walk.position);
    }
    return positions;
}

qint64 byteOfPosition(const QString& text, int position) {
    Walk walk{text};
    while (!walk.atEnd() && walk.position < position)
        walk.step();
    return walk.byte;
}

std::vector<int> sourcePlaces(const QString& rendered, const QString& source) {
    // Further away than the longest link that is likely it is another character.
    constexpr qsizetype farthest = 600;
    std::vector<int> places(std::size_t(rendered.size()), -1);
    qsizetype next = 0;
    for (qsizetype i = 0; i < rendered.size() && next < source.size(); ++i) {
        const QChar c = rendered[i];
        if (c.isSpace() || c == QChar::ParagraphSeparator || c == QChar::LineSeparator
            || c == QChar::ObjectReplacementCharacter)
            continue;
        const qsizetype found = source.indexOf(c, next);
        if (found < 0 || found - next > farthest)
            continue;
        places[std::size_t(i)] = int(found);
        next = found + 1;
    }
    return places;
}

} // namespace assay
