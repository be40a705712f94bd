#include "ui/shell/preferences.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/settings.h"
#include "ui/shell/language.h"

#include <QApplication>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace assay {

namespace {

QLabel* note(const QString& text) {
    QLabel* label = makeLabel(text, "note");
    label->setWordWrap(true);
    return label;
}

} // namespace

Preferences::Preferences(Settings* settings, QWidget* parent)
    : QDialog(parent)
    , m_settings(settings) {
    setWindowTitle(tr("Preferences"));
    setMinimumWidth(scaled(560));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(16));
    grid->setVerticalSpacing(scaled(6));
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto add = [&](const QString& name, QWidget* control, const QString& text) {
        control->setAccessibleName(name);
        grid->addWidget(makeLabel(name), row, 0);
        grid->addWidget(control, row++, 1);
        grid->addWidget(note(text), row++, 1);
        grid->setRowMinimumHeight(row++, scaled(6));
    };

    auto* theme = new SegmentedSwitch;
    theme->add(tr("Light"));
    theme->add(tr("Dark"));
    theme->setCurrent(settings->get(Settings::keys().theme) == QLatin1String("dark") ? 1 : 0);
    connect(theme, &SegmentedSwitch::changed, this, [this](int choice) {
        m_settings->set(
            Settings::keys().theme, choice == 1 ? QStringLiteral("dark") : QStringLiteral("light"));
        Q_EMIT themeChosen();
    });
    add(tr("Theme"), theme, tr("Also changed by Ctrl+Shift+L."));

    auto* density = new SegmentedSwitch;
    density->add(tr("Compact"));
    density->add(tr("Comfortable"));
    density->setCurrent(settings->get(Settings::keys().comfortable) ? 1 : 0);
    connect(density, &SegmentedSwitch::changed, this,
        [this](int choice) { m_settings->set(Settings::keys().comfortable, choice == 1); });
    add(tr("Density"), density,
        tr("Comfortable is 15 % larger. In effect when these preferences are closed."));

    auto* language = new QComboBox;
    language->addItem(tr("As the system"), QString());
    for (const Language& known : languages())
        language->addItem(known.name, known.code);
    language->setCurrentIndex(
        std::max(0, language->findData(settings->get(Settings::keys().language))));
    connect(language, &QComboBox::activated, this, [this, language] {
        m_settings->set(Settings::keys().language, language->currentData().toString());
    });
    add(tr("Language"), language,
        tr("In effect when these preferences are closed: the window is built anew and shows the "
           "same again. Runs go on meanwhile."));

    auto* engine = new QLineEdit(settings->get(Settings::keys().engineCommand));
    engine->setPlaceholderText(tr("The engine of this machine"));
    connect(engine, &QLineEdit::editingFinished, this, [this, engine] {
        const QString command = engine->text().trimmed();
        if (command == m_settings->get(Settings::keys().engineCommand))
            return;
        m_settings->set(Settings::keys().engineCommand, command);
        Q_EMIT engineChosen();
    });
    add(tr("Engine command"), engine,
        tr("The command that starts the engine, for example: ssh HOST assay-cli serve --stdio. "
           "Paths of models are then that machine's."));

    auto* folder = new QLineEdit(settings->projectsFolder());
    connect(folder, &QLineEdit::editingFinished, this, [this, folder] {
        m_settings->set(Settings::keys().projectsFolder, folder->text().trimmed());
    });
    auto* choose = makeButton(tr("Choose…"));
    connect(choose, &QPushButton::clicked, this, [this, folder] {
        const QString chosen
            = QFileDialog::getExistingDirectory(this, tr("Folder for projects"), folder->text());
        if (chosen.isEmpty())
            return;
        folder->setText(chosen);
        m_settings->set(Settings::keys().projectsFolder, chosen);
    });
    auto* place = new QWidget;
    auto* placeRow = new QHBoxLayout(place);
    placeRow->setContentsMargins(0, 0, 0, 0);
    placeRow->addWidget(folder, 1);
    placeRow->addWidget(choose);
    add(tr("Folder for projects"), place,
        tr("Where files that are dropped on the start page get their projects."));
    folder->setAccessibleName(tr("Folder for projects"));

    auto* close = makePrimaryButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* bottom = new QHBoxLayout;
    bottom->addStretch(1);
    bottom->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(20), scaled(18), scaled(20), scaled(16));
    column->addLayout(grid);
    column->addStretch(1);
    column->addLayout(bottom);
}

} // namespace assay
