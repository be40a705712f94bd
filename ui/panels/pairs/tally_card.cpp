#include "ui/panels/pairs/tally_card.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QHeaderView>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

namespace assay {

void TallyModel::setTallies(
    std::vector<PairTally> tallies, const QString& nameA, const QString& nameB) {
    beginResetModel();
    m_tallies = std::move(tallies);
    m_nameA = nameA;
    m_nameB = nameB;
    endResetModel();
}

int TallyModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_tallies.size());
}

int TallyModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant TallyModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Person ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::FontRole)
        return index.column() == Person ? QVariant() : QVariant(smallMonoFont());
    if (role != Qt::DisplayRole)
        return {};
    const PairTally& tally = m_tallies[std::size_t(index.row())];
    const QLocale locale;
    const auto percent = [&](double share) {
        return tally.decided() ? locale.toString(100 * share, 'f', 1) : QStringLiteral("–");
    };
    switch (index.column()) {
    case Person:
        return tally.author.empty() ? tr("all") : QString::fromStdString(tally.author);
    case WinsA:
        return locale.toString(qint64(tally.a));
    case WinsB:
        return locale.toString(qint64(tally.b));
    case Ties:
        return locale.toString(qint64(tally.ties));
    case BothBad:
        return locale.toString(qint64(tally.bothBad));
    case WinRate:
        return percent(tally.winRate());
    case Low:
        return percent(tally.interval().low);
    case High:
        return percent(tally.interval().high);
    default:
        return {};
    }
}

QVariant TallyModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Person ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == WinRate)
        return tr("Share of %1 among the decisions for one of the two").arg(m_nameA);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Person:
        return tr("annotator");
    case WinsA:
        return m_nameA;
    case WinsB:
        return m_nameB;
    case Ties:
        return tr("tie");
    case BothBad:
        return tr("both bad");
    case WinRate:
        return tr("win rate %");
    case Low:
        return tr("95 % from");
    case High:
        return tr("to");
    default:
        return {};
    }
}

TallyCard::TallyCard(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("Results"));
    m_model = new TallyModel(this);
    auto* table = new QTableView;
    table->setModel(m_model);
    table->setAccessibleName(tr("Results for each annotator"));
    table->setShowGrid(false);
    table->setSelectionMode(QAbstractItemView::NoSelection);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(scaled(28));
    table->horizontalHeader()->setFont(secondaryFont());
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setSectionResizeMode(TallyModel::Person, QHeaderView::Stretch);
    card->setBody(table);
    m_sentence = makeLabel(QString(), "secondary");
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    card->setFooter(m_sentence);
    column->addWidget(card);
}

void TallyCard::show(std::vector<PairTally> tallies, const QString& nameA, const QString& nameB) {
    const PairTally total = tallies.empty() ? PairTally() : tallies.front();
    m_model->setTallies(std::move(tallies), nameA, nameB);
    const QLocale locale;
    const Interval interval = total.interval();
    QString sentence = total.decided() == 0 ? tr("Nobody has decided for one of the two yet.")
        : interval.low > 0.5  ? tr("%1 wins: the interval lies above one half.").arg(nameA)
        : interval.high < 0.5 ? tr("%1 wins: the interval lies above one half for it.").arg(nameB)
                              : tr("Not decided: the interval holds one half.");
    if (total.decided() > 0)
        sentence += QLatin1Char(' ')
            + tr("The left side was chosen %1 of %2 times.")
                  .arg(locale.toString(qint64(total.left)),
                      locale.toString(qint64(total.decided())));
    m_sentence->setText(
        sentence + QLatin1Char(' ') + tr("Win rate without ties; Wilson's score interval."));
}

} // namespace assay
