#include "ui/panels/data/data_table_model.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QLocale>

namespace assay {

QString statusText(ReviewStatus status) {
    switch (status) {
    case ReviewStatus::Accepted:
        return QCoreApplication::translate("assay::DataTableModel", "accepted");
    case ReviewStatus::Rejected:
        return QCoreApplication::translate("assay::DataTableModel", "rejected");
    case ReviewStatus::Pending:
        break;
    }
    return QCoreApplication::translate("assay::DataTableModel", "pending");
}

std::optional<std::pair<SampleOrder, SampleOrder>> ordersOf(int column, bool countsTokens) {
    switch (column) {
    case DataTableModel::Number:
        return std::pair(SampleOrder::ImportedReverse, SampleOrder::Imported);
    case DataTableModel::Length:
        return countsTokens ? std::pair(SampleOrder::MostTokens, SampleOrder::FewestTokens)
                            : std::pair(SampleOrder::Longest, SampleOrder::Shortest);
    case DataTableModel::Loss:
        return std::pair(SampleOrder::HighestLoss, SampleOrder::LowestLoss);
    case DataTableModel::State:
        return std::pair(SampleOrder::Pending, SampleOrder::Rejected);
    default:
        return {};
    }
}

int DataTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

void DataTableModel::setCountsTokens(bool tokens) {
    if (m_tokens == tokens)
        return;
    m_tokens = tokens;
    Q_EMIT headerDataChanged(Qt::Horizontal, Length, Length);
}

namespace {

Qt::Alignment alignmentOf(int column) {
    const bool right = column == DataTableModel::Number || column == DataTableModel::Turns
        || column == DataTableModel::Length;
    return (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

} // namespace

QVariant DataTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(alignmentOf(section));
    if (role == Qt::ToolTipRole)
        return ordersOf(section, m_tokens) ? tr("Click to sort") : QString();
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("id");
    case Question:
        return tr("last user turn");
    case Turns:
        return tr("turns");
    case Channel:
        return tr("channel");
    case Length:
        return m_tokens ? tr("tokens") : tr("characters");
    case Loss:
        return tr("answer loss");
    default:
        return tr("state");
    }
}

QString DataTableModel::text(const SampleRow& row, int column) const {
    switch (column) {
    case Number:
        return QString::number(row.id);
    case Question:
        return QString::fromStdString(
            row.lastPreview.empty() ? row.answerPreview : row.lastPreview);
    case Turns:
        return row.kind == SampleKind::Text ? QStringLiteral("–") : QString::number(row.turns);
    case Channel:
        return QString::fromStdString(row.channel);
    case Length:
        if (m_tokens && row.tokens)
            return QLocale().toString(qlonglong(*row.tokens));
        // Never a guess beside counted numbers: the unit says what it is.
        return m_tokens ? tr("%1 ch").arg(QLocale().toString(qlonglong(row.chars())))
                        : QLocale().toString(qlonglong(row.chars()));
    case Loss:
        return row.loss ? QLocale().toString(*row.loss, 'f', 2) : QString();
    default:
        return statusText(row.status);
    }
}

QString DataTableModel::hint(const SampleRow& row, int column) const {
    const auto count = [](std::int64_t n) { return QLocale().toString(qlonglong(n)); };
    switch (column) {
    case Number:
        return row.file.empty()
            ? QString()
            : tr("%1, line %2").arg(QString::fromStdString(row.file), count(row.line));
    case Question:
        return text(row, Question) + QStringLiteral("\n→ ")
            + QString::fromStdString(row.answerPreview);
    case Length: {
        QString hint = tr("%1 characters asked, %2 answered")
                           .arg(count(row.queryChars), count(row.answerChars));
        if (row.tokens)
            hint += QLatin1Char('\n')
                + tr("%1 tokens, of which %2 are trained")
                      .arg(count(*row.tokens), count(*row.answerTokens));
        return hint;
    }
    case Loss:
        if (!row.loss)
            return tr("No model has scored this answer yet.");
        return tr("Mean loss of the answer in nats a token, under %1.")
                   .arg(QString::fromStdString(row.lossModel))
            + (row.lossStale ? QLatin1Char(' ') + tr("The text was edited since.") : QString());
    case State:
        if (row.adjudicated)
            return tr("Settled by adjudication.");
        return row.edited ? tr("The text was edited.") : QString();
    default:
        return {};
    }
}

QVariant DataTableModel::cell(const SampleRow& row, int column, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case Qt::ToolTipRole:
        return hint(row, column);
    case Qt::AccessibleTextRole:
        return column == Question ? text(row, column)
                                  : headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                + QLatin1Char(' ') + text(row, column);
    case Qt::TextAlignmentRole:
        return int(alignmentOf(column));
    case Qt::FontRole:
        return column == Number || column == Turns || column == Length || column == Loss
            ? QVariant(smallMonoFont())
            : column == Channel ? QVariant(secondaryFont())
                                : QVariant();
    case Qt::ForegroundRole:
        return column == Question || column == Length || column == Turns
            ? QVariant()
            : QVariant(tokens().secondary);
    case IdRole:
        return qint64(row.id);
    case LossRole:
        return row.loss ? QVariant(*row.loss) : QVariant();
    case LossStaleRole:
        return row.lossStale;
    case TagsRole: {
        QStringList tags;
        for (const std::string& tag : row.tags)
            tags.append(QString::fromStdString(tag));
        return tags;
    }
    case StatusRole:
        return int(row.status);
    default:
        return {};
    }
}

} // namespace assay
