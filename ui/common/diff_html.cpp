#include "ui/common/diff_html.h"

#include "ui/common/theme.h"

namespace assay {

namespace {

constexpr qsizetype shownAround = 160; ///< characters of an unchanged run at each side of a change

QString shortened(const QString& text, bool first, bool last) {
    const qsizetype keep = (first ? 0 : shownAround) + (last ? 0 : shownAround);
    if (text.size() <= keep + 40)
        return text;
    return (first ? QString() : text.left(shownAround)) + QStringLiteral(" … ")
        + (last ? QString() : text.right(shownAround));
}

QString escaped(const QString& text) {
    return text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
}

} // namespace

QString diffHtml(const std::vector<DiffPart>& parts) {
    const DesignTokens& colours = tokens();
    QString html = QStringLiteral("<div style=\"white-space: pre-wrap\">");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const DiffPart& part = parts[i];
        switch (part.kind) {
        case DiffPart::Kind::Same:
            html += escaped(shortened(part.text, i == 0, i + 1 == parts.size()));
            break;
        case DiffPart::Kind::Added:
            html += QStringLiteral("<span style=\"color:%1; text-decoration: underline\">%2</span>")
                        .arg(colours.right.name(), escaped(part.text));
            break;
        case DiffPart::Kind::Removed:
            html += QStringLiteral(
                "<span style=\"color:%1; text-decoration: line-through\">%2</span>")
                        .arg(colours.wrong.name(), escaped(part.text));
            break;
        }
    }
    return html + QStringLiteral("</div>");
}

} // namespace assay
