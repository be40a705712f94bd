#pragma once

#include "ui/common/score_lanes/lanes_text.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace assay {

class Card;
class PairAlternatives;
class StateStack;

/// One place of the text under both models: how probable it was to each, how far the two lie apart
/// there, and what each would rather have said.
class CellCard final : public QWidget {
    Q_OBJECT

public:
    explicit CellCard(QWidget* parent = nullptr);
    void showCell(const LanesText& text, int cell);
    void showNothing();
    /// Names alternatives that were shown by id.
    void setPieces(bool tuned, const std::vector<int>& ids, const std::vector<std::string>& pieces);
    PairAlternatives* alternatives() const { return m_alternatives; }
    int cell() const { return m_cell; }

Q_SIGNALS:
    void piecesWanted(bool tuned, const std::vector<int>& ids);
    /// "Continue from here".
    void continueWanted(int cell);

private:
    void buildFigures(QGridLayout* grid);

    Card* m_card;
    QLabel* m_piece;
    QLabel* m_names[2];
    QLabel* m_figures[2][3];
    QLabel* m_between;
    PairAlternatives* m_alternatives;
    QPushButton* m_continue;
    StateStack* m_stack;
    int m_cell = -1;
};

} // namespace assay
