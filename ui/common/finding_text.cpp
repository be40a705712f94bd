#include "ui/common/finding_text.h"

#include "core/quality/check_list.h"

#include <QCoreApplication>
#include <QLocale>

namespace assay {

QString languageName(const QString& code) {
    if (code == QLatin1String("und"))
        return QCoreApplication::translate("assay::DataTableModel", "not told");
    const QLocale locale(code);
    if (locale.language() == QLocale::C)
        return code;
    return QLocale().language() == QLocale::Chinese ? locale.nativeLanguageName()
                                                    : QLocale::languageToString(locale.language());
}

QString findingTitle(const std::string& name) {
    if (name.starts_with(languagePrefix))
        return QCoreApplication::translate("assay::DataTableModel", "language: %1")
            .arg(languageName(QString::fromStdString(name.substr(languagePrefix.size()))));
    const CheckInfo* check = findCheck(name);
    // The English title is what translators see, in the context "checks".
    return check ? QCoreApplication::translate("checks", check->title)
                 : QString::fromStdString(name);
}

QString findingRule(const std::string& name) {
    const CheckInfo* check = findCheck(name);
    return check ? QCoreApplication::translate("checks", check->rule) : QString();
}

} // namespace assay
