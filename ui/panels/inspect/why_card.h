#pragma once

#include "ui/panels/inspect/findings.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace assay {

class Card;
class Chip;

/// What is known about the selected token beyond its own numbers: which rule marks it, what the
/// other model would have said. Only what has been computed; never a guess.
class WhyCard final : public QWidget {
    Q_OBJECT

public:
    struct Facts {
        const ScoreRecord* record = nullptr;
        const ScoreRecord* other = nullptr; ///< the same ids under the other model, or null
        QString name;
        QString otherName;
        bool otherIsBase = true;
        const Findings* findings = nullptr;
        /// The name of a token for people, by id; empty where it is not known yet.
        std::function<QString(int)> pieceOf;
    };
    explicit WhyCard(QWidget* parent = nullptr);
    void showToken(int token, const Facts& facts);
    void showNothing();
    /// As shown, without markup.
    QString plainText() const;

Q_SIGNALS:
    void compareWanted();

private:
    Card* m_card;
    Chip* m_chip;
    QLabel* m_text;
    QPushButton* m_compare;
};

} // namespace assay
