#pragma once

#include <QFrame>
#include <QLabel>
#include <QString>

class QPushButton;
class QButtonGroup;
class QToolButton;

namespace assay {

enum class Tone { Plain, Right, Caution, Wrong, Accent };

/// A small rounded label for a state or a kind.
class Chip final : public QLabel {
    Q_OBJECT

public:
    explicit Chip(const QString& text = {}, Tone tone = Tone::Plain, QWidget* parent = nullptr);
    /// An empty text hides the chip.
    void set(const QString& text, Tone tone);
};

/// Two to five exclusive choices in one row, in place of a combo box.
class SegmentedSwitch final : public QFrame {
    Q_OBJECT

public:
    explicit SegmentedSwitch(QWidget* parent = nullptr);
    /// The choice's number, counted from 0.
    int add(const QString& text, const QString& description = {});
    int current() const;
    void setCurrent(int index);
    void setChoiceEnabled(int index, bool enabled);

Q_SIGNALS:
    /// By the person or by `setCurrent`.
    void changed(int index);

private:
    QButtonGroup* m_group;
};

/// Plain text in a role: "secondary", "note", "column", "wrong", or empty for body text.
QLabel* makeLabel(const QString& text, const char* look = "", QWidget* parent = nullptr);
QLabel* makeTitle(const QString& text, QWidget* parent = nullptr);
QLabel* makeNumber(const QString& text, QWidget* parent = nullptr);
/// A key as printed on the keyboard, shown on or beside the control that it triggers.
QLabel* makeKeyCap(const QString& key, QWidget* parent = nullptr);
/// A one-pixel rule.
QFrame* makeRule(Qt::Orientation orientation, QWidget* parent = nullptr);
/// Outlined.
QPushButton* makeButton(const QString& text, QWidget* parent = nullptr);
/// Filled: the thing people do next; at most one a panel.
QPushButton* makePrimaryButton(const QString& text, QWidget* parent = nullptr);

/// Sets the dynamic property that the style sheet goes by.
void setLook(QWidget* widget, const char* look);

} // namespace assay
