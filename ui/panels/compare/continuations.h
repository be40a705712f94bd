#pragma once

#include "ui/common/selection_context.h"

#include <QWidget>

class QLabel;
class QTextBrowser;

namespace assay {

class Card;
class Chip;

/// What both models say by themselves from one place of the text, as it comes, beside each other;
/// from where they part the words are set off.
class Continuations final : public QWidget {
    Q_OBJECT

public:
    explicit Continuations(QWidget* parent = nullptr);
    void clear();
    /// `before` is the end of what both are given.
    void start(int token, const QString& before);
    void addText(ModelRole role, const QString& text);
    void setText(ModelRole role, const QString& text);
    void setState(ModelRole role, const QString& state);
    QString text(ModelRole role) const { return side(role).text; }

private:
    struct Side {
        Card* card = nullptr;
        QLabel* dot = nullptr; ///< in the model's colour
        QLabel* note = nullptr;
        QTextBrowser* view = nullptr;
        QString text;
        QString state;
    };
    Side& side(ModelRole role) { return role == ModelRole::Base ? m_base : m_tuned; }
    const Side& side(ModelRole role) const { return role == ModelRole::Base ? m_base : m_tuned; }
    void build(Side& side, ModelRole role);
    void render();
    void changeEvent(QEvent* event) override;

    Side m_base;
    Side m_tuned;
    int m_token = -1;
    QString m_before;
};

/// Length of the common beginning of two texts, in whole characters.
qsizetype commonPrefix(const QString& a, const QString& b);

} // namespace assay
