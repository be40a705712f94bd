#pragma once

#include <QList>
#include <QString>

namespace assay {

struct Language {
    QString code; ///< as QLocale writes it: "zh_CN"
    QString name; ///< in itself
};

/// English and those with a translation.
QList<Language> languages();

/// Installs the translation of `code`, or of the system's language when it is empty, for Assay's
/// own texts and Qt's, in place of the one before; English when there is none. Before a window is
/// built: its texts are read then.
void installLanguage(const QString& code);

} // namespace assay
