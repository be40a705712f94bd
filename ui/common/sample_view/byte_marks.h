#pragma once

#include <QColor>
#include <QString>

#include <vector>

namespace assay {

/// A range of the UTF-8 of a text, and how it is shown.
struct ByteMark {
    qint64 begin = 0;
    qint64 end = 0;
    QColor fill; ///< invalid: none
    QColor underline; ///< invalid: none
    QString note; ///< shown when pointed at
};

/// Where byte offsets of the UTF-8 of `text` stand in the document that shows it, in which "\r\n"
/// is one position. Offsets must ascend; one inside a character counts as its start.
std::vector<int> documentPositions(const QString& text, const std::vector<qint64>& bytes);
/// The byte offset of a position of that document.
qint64 byteOfPosition(const QString& text, int position);

/// For every character of a rendered text (Markdown without its signs) where it stands in the
/// source, -1 for what stands there only for the look (the ends of paragraphs). Rendering leaves
/// characters out and keeps the order of the rest, so each is looked for behind the one before.
std::vector<int> sourcePlaces(const QString& rendered, const QString& source);

} // namespace assay
