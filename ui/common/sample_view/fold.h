#pragma once

#include <QAbstractButton>

#include <functional>

namespace assay {

/// The line of something folded: an arrow, what it is, and a note on the right. Checked is open.
class FoldLine final : public QAbstractButton {
    Q_OBJECT

public:
    explicit FoldLine(const QString& title, QWidget* parent = nullptr);
    void setNote(const QString& note);
    QString note() const { return m_note; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QString m_note;
};

/// A fold with its content, which is made when it is first opened.
class Fold final : public QWidget {
    Q_OBJECT

public:
    using MakeContent = std::function<QWidget*()>;
    Fold(const QString& title, const QString& note, MakeContent make, QWidget* parent = nullptr);
    FoldLine* line() const { return m_line; }
    QWidget* content() const { return m_content; }
    bool isOpen() const { return m_line->isChecked(); }
    void setOpen(bool open) { m_line->setChecked(open); }

Q_SIGNALS:
    void toggled(bool open);

private:
    FoldLine* m_line;
    QWidget* m_content = nullptr;
    MakeContent m_make;
};

} // namespace assay
