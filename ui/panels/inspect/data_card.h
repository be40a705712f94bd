#pragma once

#include "ui/service/corpus_access.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace assay {

class Card;
class Chip;
class StateStack;

/// How often the selected token follows its context in the project's training text, with the rows
/// in which it does.
class DataCard final : public QWidget {
    Q_OBJECT

public:
    explicit DataCard(CorpusAccess* corpus, QWidget* parent = nullptr);

    /// The text before the token, and the token with what it needs to be whole characters.
    void showToken(const std::string& context, const std::string& token);
    void showNothing();
    /// As shown, without markup.
    QString plainText() const;
    QListWidget* places() const { return m_places; }
    StateStack* stack() const { return m_stack; }

Q_SIGNALS:
    /// A place was chosen: its sample.
    void sampleWanted(qint64 id);

private:
    void follow();
    void take(const CorpusAccess::Answer& answer);

    CorpusAccess* m_corpus;
    Card* m_card;
    Chip* m_chip;
    QPushButton* m_again;
    QLabel* m_text;
    QListWidget* m_places;
    StateStack* m_stack;
    std::string m_context;
    std::string m_token;
    quint64 m_asked = 0; ///< answers about an earlier token are dropped
};

} // namespace assay
