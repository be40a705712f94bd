#include "ui/common/error_text.h"

#include "core/base/error_catalogue.h"

#include <QCoreApplication>

namespace assay {

namespace {

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// The template itself is what translators see (context "errors"), so that arguments stay out of
/// it.
QString filled(std::string_view pattern, const Error& error) {
    if (pattern.empty())
        return QString();
    QString text = QCoreApplication::translate("errors", std::string(pattern).c_str());
    for (const auto& [name, value] : error.arguments)
        text.replace(QLatin1Char('{') + QString::fromStdString(name) + QLatin1Char('}'),
            QString::fromStdString(value));
    return text;
}

} // namespace

QString errorMessage(const Error& error) {
    const CatalogueEntry* entry = findCatalogueEntry(error.code);
    // A newer engine may send a code that this window does not know; its arguments still say
    // something.
    QString text = entry ? filled(entry->text, error) : QString::fromStdString(message(error));
    if (!entry)
        return text;
    if (!error.where.empty())
        text = fromView(error.where) + QStringLiteral(": ") + text;
    for (const Error& detail : error.details)
        text += QStringLiteral("\n  ")
            + errorMessage(detail).replace(QStringLiteral("\n"), QStringLiteral("\n  "));
    return text;
}

QString errorRemedy(const Error& error) {
    const CatalogueEntry* entry = findCatalogueEntry(error.code);
    return entry ? filled(entry->remedy, error) : QString();
}

QString errorParagraph(const Error& error) {
    const QString remedy = errorRemedy(error);
    const QString text = errorMessage(error);
    if (remedy.isEmpty())
        return text;
    return text + (text.contains(QLatin1Char('\n')) ? QStringLiteral("\n") : QStringLiteral(" "))
        + remedy;
}

} // namespace assay
