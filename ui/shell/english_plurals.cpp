#include "ui/shell/english_plurals.h"

namespace assay {

QString EnglishPlurals::translate(const char*, const char* source, const char*, int n) const {
    const QString text = QString::fromUtf8(source);
    if (n < 0 || !text.contains(QLatin1String("(s)")))
        return {};
    QString chosen = text;
    return chosen.replace(QLatin1String("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

} // namespace assay
