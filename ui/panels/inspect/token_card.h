#pragma once

#include "ui/common/selection_context.h"
#include "ui/common/token_strip/strip_text.h"

#include <QWidget>

#include <optional>

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
    /// What the other model says at the same place.
    struct OtherView {
        QString name;
        bool base = true; ///< whether it is the base model
        int rank = 0;
        std::vector<std::pair<int, double>> top;
    };
    void showToken(const StripToken& token, int index, const ModelChoice& model,
        const std::optional<OtherView>& other = std::nullopt);
    void showNothing();
    /// What the model would go on with after an alternative; empty hides it.
    void showPreview(const QString& after, const QString& text);
    QString preview() const;
    QTableView* table() const { return m_table; }
    /// The k-th alternative (from 0) is taken or previewed.
    void take(int row) { Q_EMIT alternativeTaken(row); }
    /// Names alternatives that were shown by id.
    void setPieces(const std::vector<int>& ids, const std::vector<std::string>& pieces);
    AlternativesModel* alternatives() const { return m_alternatives; }

Q_SIGNALS:
    /// Alternatives of the token shown whose text is not known yet.
    void piecesWanted(const std::vector<int>& ids);
    /// A row of `alternatives()` was clicked, or Enter pressed on it.
    void alternativeTaken(int row);
    /// The same with Shift.
    void alternativePreviewed(int row);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fitColumns();
    QWidget* makeFigures();
    QTableView* makeTable();

    Card* m_card;
    QLabel* m_piece;
    QLabel* m_model;
    QLabel* m_names[4];
    QLabel* m_figures[4];
    QLabel* m_preview;
    AlternativesModel* m_alternatives;
    QTableView* m_table;
    QLabel* m_note;
    StateStack* m_stack;
};

} // namespace assay
