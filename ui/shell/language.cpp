#include "ui/shell/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace assay {

QList<Language> languages() {
    return {{QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
}

void installLanguage(const QString& code) {
    static QList<QTranslator*> installed;
    for (QTranslator* translator : std::as_const(installed)) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    installed.clear();
    auto* application = QCoreApplication::instance();
    const QLocale locale = code.isEmpty() ? QLocale::system() : QLocale(code);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C) {
        QLocale::setDefault(QLocale(QLocale::English));
        return;
    }
    // Of Chinese there is only the simplified script.
    auto* own = new QTranslator(application);
    if (!own->load(locale, QStringLiteral("assay"), QStringLiteral("_"),
            QStringLiteral(":/assay/translations"))) {
        delete own;
        return;
    }
    QLocale::setDefault(locale);
    auto* qt = new QTranslator(application);
    if (qt->load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        installed.append(qt);
    else
        delete qt;
    installed.append(own);
    for (QTranslator* translator : std::as_const(installed))
        QCoreApplication::installTranslator(translator);
}

} // namespace assay
