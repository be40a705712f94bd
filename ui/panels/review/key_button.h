#pragma once

#include <QKeySequence>
#include <QPushButton>

namespace assay {

/// A button with its key on it. Space presses it only when it was reached by Tab: a click leaves
/// the keyboard where it was.
class KeyButton final : public QPushButton {
    Q_OBJECT

public:
    enum class Kind { Plain, Primary };
    KeyButton(const QString& text, Kind kind, QWidget* parent = nullptr);
    void setKey(const QKeySequence& key);
    QString keyText() const { return m_key; }
    /// Where there is little room the key is told by the tool tip alone.
    void setCapShown(bool shown);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
    bool m_capShown = true;
    Kind m_kind;
};

/// "Ctrl Z", "Enter": a key as it stands on a cap.
QString keyCapText(const QKeySequence& key);

} // namespace assay
