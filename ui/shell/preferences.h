#pragma once

#include "ui/common/panel.h"

#include <QDialog>

namespace assay {

class Settings;

/// How the window looks and which engine it talks to. What is chosen is in effect at once, but for
/// the language and the density: those when the dialog is closed.
class Preferences final : public QDialog {
    Q_OBJECT

public:
    Preferences(Settings* settings, QWidget* parent);

Q_SIGNALS:
    void themeChosen();
    void engineChosen();

private:
    Settings* m_settings;
};

} // namespace assay
