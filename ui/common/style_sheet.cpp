#include "ui/common/style_sheet.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QHash>

namespace assay {

namespace {

// @name is replaced by a token; @Npx by a length for the density in use.
const char* const sheet = R"(
* { outline: 0; }
QToolTip { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px 6px; }
QFrame[look="card"] { background: @panel; border: 1px solid @hairline; border-radius: 8px; }
QFrame[look="bar"] { background: @panel; border: 0; }
QFrame[look="hairline"] { background: @hairline; border: 0; }
QFrame[look="sunken"] { background: @sunken; border: 1px solid @hairline; border-radius: 5px; }
QFrame[look="popup"] { background: @panel; border: 1px solid @hairline; }
QLabel { background: transparent; color: @text; }
QLabel[look="secondary"], QLabel[look="note"], QLabel[look="column"] { color: @secondary; }
QLabel[look="wrong"] { color: @wrong; }
QLabel[look="accent"] { color: @accent; }
QLabel[look="caution"] { color: @caution; }
QLabel[look="chip"] { border: 1px solid @hairline; border-radius: 9px; padding: 1px 7px; color: @secondary;
  background: @panel; }
QLabel[look="chip"][tone="right"] { border-color: @right; color: @right; }
QLabel[look="chip"][tone="caution"] { border-color: @caution; color: @caution; }
QLabel[look="chip"][tone="wrong"] { border-color: @wrong; color: @wrong; }
QLabel[look="chip"][tone="accent"] { border-color: @accent; color: @accent; }
QLabel[look="keycap"] { border: 1px solid @hairline; border-bottom-width: 2px; border-radius: 3px;
  padding: 0px 4px; background: @sunken; color: @text; }
QPushButton { background: @panel; color: @text; border: 1px solid @hairline; border-radius: 5px;
  padding: 0px 11px; min-height: @26px; }
QPushButton:hover { background: @sunken; border-color: @secondary; }
QPushButton:pressed { background: @accentGround; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @secondary; background: @sunken; }
QPushButton[look="primary"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[look="primary"]:hover { background: @accentHover; }
QPushButton[look="primary"]:focus { border-color: @text; }
QPushButton[look="primary"]:disabled { background: @sunken; color: @secondary; border-color: @hairline; }
QPushButton[look="picker"] { padding-right: 20px; }
QPushButton[look="search"] { background: @sunken; color: @secondary; text-align: left; }
QPushButton[look="filter"] { border-radius: 12px; padding: 0px 10px; min-height: @22px; color: @secondary; }
QPushButton[look="filter"]:hover { color: @text; }
QPushButton[look="link"] { border: 0; background: transparent; color: @accent; text-align: left; padding: 0 2px; }
QPushButton[look="link"]:focus { text-decoration: underline; }
QPushButton::menu-indicator { width: 8px; subcontrol-position: right center; right: 6px; }
QToolButton { background: transparent; color: @secondary; border: 1px solid transparent; border-radius: 5px;
  padding: 2px 6px; }
QToolButton:hover { color: @text; background: @sunken; }
QToolButton:focus { border-color: @accent; }
QFrame[look="segments"] { background: @panel; border: 1px solid @hairline; border-radius: 5px; }
QFrame[look="segments-active"] { background: @panel; border: 1px solid @accent; border-radius: 5px; }
QPushButton[look="toggle-chip"] { border-radius: 9px; padding: 0px 8px; min-height: @18px; color: @secondary; }
QPushButton[look="toggle-chip"]:checked { background: @accentGround; border-color: @accent; color: @accent; }
QPlainTextEdit[look="edit-field"] { background: @panel; border: 1px solid @hairline; border-radius: 5px;
  padding: 4px 6px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit[look="edit-field"]:focus { border-color: @accent; }
QToolButton[look="segment"] { background: transparent; color: @secondary; border: 0; border-radius: 4px;
  padding: 0px 9px; min-height: @22px; }
QToolButton[look="segment"]:hover { color: @text; }
QToolButton[look="segment"]:checked { background: @accentGround; color: @accent; }
QToolButton[look="segment"]:focus { color: @accent; border: 1px solid @accent; padding: 0px 8px; }
QToolButton[look="segment"]:disabled { color: @hairline; }
QToolButton[look="fold"] { background: transparent; color: @secondary; border: 1px solid transparent;
  border-radius: 4px; padding: 0px 6px; min-height: @22px; }
QToolButton[look="fold"]:hover { color: @text; }
QToolButton[look="fold"]:focus { border-color: @accent; }
QToolButton[look="rail"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
  color: @secondary; padding: 3px 0px; }
QToolButton[look="rail"]:hover { color: @text; }
QToolButton[look="rail"]:checked { background: @accentGround; color: @accent; }
QToolButton[look="rail"]:focus { border-color: @accent; }
QLineEdit { background: @panel; color: @text; border: 1px solid @hairline; border-radius: 5px; padding: 0 8px;
  min-height: @26px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus { border-color: @accent; }
QComboBox, QSpinBox, QDoubleSpinBox { background: @panel; color: @text; border: 1px solid @hairline;
  border-radius: 5px; padding: 0 8px; min-height: @26px; selection-background-color: @accent;
  selection-color: @onAccent; }
QComboBox:hover, QSpinBox:hover, QDoubleSpinBox:hover { border-color: @secondary; }
QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus { border-color: @accent; }
QComboBox:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QLineEdit:disabled { color: @secondary;
  background: @sunken; }
QComboBox::drop-down { border: 0; width: 20px; }
QComboBox::down-arrow { image: url(:/assay/icons/chevron-@kind.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px;
  selection-background-color: @accentGround; selection-color: @accent; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {
  width: 0; border: 0; }
QCheckBox, QRadioButton { color: @text; background: transparent; spacing: 7px; }
QCheckBox:disabled, QRadioButton:disabled { color: @secondary; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @secondary;
  background: @panel; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent; }
QCheckBox::indicator:checked { image: url(:/assay/icons/check-@kind.svg); }
QRadioButton::indicator:checked { background: @accent; border: 4px solid @accentGround; width: 8px; height: 8px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QDialog { background: @panel; }
QMainWindow, QStackedWidget[look="ground"] { background: @ground; }
QMainWindow::separator { background: @ground; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: @accentGround; }
QDockWidget { color: @text; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @secondary; border: 0; padding: 5px 12px; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @text; }
QTabWidget::pane { border: 0; }
QSlider::groove:horizontal { background: @hairline; height: 3px; border-radius: 1px; }
QSlider::handle:horizontal { background: @accent; width: 12px; height: 12px; margin: -5px 0; border-radius: 6px; }
QAbstractScrollArea { background: @panel; border: 0; }
QTextEdit, QPlainTextEdit, QTextBrowser { background: @panel; color: @text; border: 0; }
QPlainTextEdit[look="field"], QTextEdit[look="field"] { background: @panel; border: 1px solid @hairline;
  border-radius: 5px; padding: 4px; selection-background-color: @accent; selection-color: @onAccent; }
QPlainTextEdit[look="field"]:focus, QTextEdit[look="field"]:focus { border-color: @accent; }
QTableView, QListView, QTreeView { background: @panel; color: @text; border: 0; gridline-color: transparent;
  selection-background-color: @accentGround; selection-color: @text; }
QHeaderView { background: @panel; border: 0; }
QHeaderView::section { background: @panel; color: @secondary; border: 0; border-bottom: 1px solid @hairline;
  padding: 0 8px; }
QMenu { background: @panel; color: @text; border: 1px solid @hairline; padding: 4px; }
QMenu::item { padding: 5px 18px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @accentGround; color: @accent; }
QMenu::item:disabled { color: @secondary; }
QMenu::separator { height: 1px; background: @hairline; margin: 4px 2px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @handle; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover { background: @secondary; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: transparent; }
QProgressBar { background: @sunken; border: 1px solid @hairline; border-radius: 4px; max-height: 6px; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)";

} // namespace

QString styleSheet(const DesignTokens& t) {
    const QList<QPair<QString, QColor>> colours = {
        // Longer names first: @accent must not eat the start of @accentGround.
        {QStringLiteral("@accentGround"), t.accentGround},
        {QStringLiteral("@accentHover"), blend(t.accent, t.text, 0.88)},
        {QStringLiteral("@onAccent"), t.onAccent},
        {QStringLiteral("@accent"), t.accent},
        {QStringLiteral("@ground"), t.ground},
        {QStringLiteral("@panel"), t.panel},
        {QStringLiteral("@sunken"), t.sunken},
        {QStringLiteral("@hairline"), t.hairline},
        {QStringLiteral("@text"), t.text},
        {QStringLiteral("@secondary"), t.secondary},
        {QStringLiteral("@right"), t.right},
        {QStringLiteral("@caution"), t.caution},
        {QStringLiteral("@wrong"), t.wrong},
        {QStringLiteral("@handle"), blend(t.secondary, t.panel, 0.45)},
    };
    QString text = QString::fromLatin1(sheet);
    for (const auto& [name, colour] : colours)
        text.replace(name, colour.name());
    text.replace(QStringLiteral("@kind"), themeName(t.kind));
    for (const int length : {18, 22, 26})
        text.replace(
            QStringLiteral("@%1px").arg(length), QStringLiteral("%1px").arg(scaled(length)));
    return text;
}

} // namespace assay
