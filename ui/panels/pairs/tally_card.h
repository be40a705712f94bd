#pragma once

#include "core/analysis/pair_statistics.h"

#include <QAbstractTableModel>
#include <QWidget>

class QLabel;

namespace assay {

class Card;

/// Tallies of pair decisions: all together, then each person.
class TallyModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Person, WinRate, Low, High, WinsA, WinsB, Ties, BothBad, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setTallies(std::vector<PairTally> tallies, const QString& nameA, const QString& nameB);
    const std::vector<PairTally>& tallies() const { return m_tallies; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<PairTally> m_tallies;
    QString m_nameA;
    QString m_nameB;
};

/// The results, and how to read them. Kept closed while judging: knowing who leads anchors.
class TallyCard final : public QWidget {
    Q_OBJECT

public:
    explicit TallyCard(QWidget* parent = nullptr);
    void show(std::vector<PairTally> tallies, const QString& nameA, const QString& nameB);
    using QWidget::show;
    TallyModel* model() const { return m_model; }

private:
    TallyModel* m_model;
    QLabel* m_sentence;
};

} // namespace assay
