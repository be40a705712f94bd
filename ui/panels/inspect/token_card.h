#pragma once

#include "ui/common/selection_context.h"
#include "ui/common/token_strip/strip_text.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace assay {

class AlternativesModel;
class Card;
class StateStack;

/// The selected token under the chosen model: how probable it was, and what else could have stood
/// there.
class TokenCard final : public QWidget {
    Q_OBJECT

public:
    explicit TokenCard(QWidget* parent = nullptr);
    void showToken(const StripToken& token, int index, const ModelChoice& model);
    void showNothing();
    /// Names alternatives that were shown by id.
    void setPieces(const std::vector<int>& ids, const std::vector<std::string>& pieces);
    AlternativesModel* alternatives() const { return m_alternatives; }

Q_SIGNALS:
    /// Alternatives of the token shown whose text is not known yet.
    void piecesWanted(const std::vector<int>& ids);

private:
    QWidget* makeFigures();
    QTableView* makeTable();

    Card* m_card;
    QLabel* m_piece;
    QLabel* m_model;
    QLabel* m_figures[4];
    AlternativesModel* m_alternatives;
    QTableView* m_table;
    QLabel* m_note;
    StateStack* m_stack;
};

} // namespace assay
