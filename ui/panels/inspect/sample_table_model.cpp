#include "ui/panels/inspect/sample_table_model.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QLocale>

namespace assay {

QString samplePreview(const SampleRow& row) {
    return QString::fromStdString(row.queryPreview.empty() ? row.answerPreview : row.queryPreview);
}

int SampleTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant SampleTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Number ? tr("id") : section == Question ? tr("sample") : tr("channel");
}

QVariant SampleTableModel::cell(const SampleRow& row, int column, int role) const {
    switch (role) {
    case Qt::DisplayRole:
        if (column == Number)
            return QString::number(row.id);
        return column == Question ? samplePreview(row) : QString::fromStdString(row.channel);
    case Qt::ToolTipRole:
        return column == Question ? QString(samplePreview(row) + QStringLiteral("\n→ ")
                   + QString::fromStdString(row.answerPreview))
                                  : QVariant();
    case Qt::TextAlignmentRole:
        return int((column == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return column == Number ? QVariant(smallMonoFont())
            : column == Channel ? QVariant(secondaryFont())
                                : QVariant();
    case Qt::ForegroundRole:
        return column == Question ? QVariant() : QVariant(tokens().secondary);
    case IdRole:
        return qint64(row.id);
    default:
        return {};
    }
}

} // namespace assay
