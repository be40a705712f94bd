#include "ui/panels/compare/batch_model.h"

#include "core/base/error_json.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace assay {

namespace {

QVariant at(const Json& json, std::initializer_list<const char*> keys) {
    const Json* value = &json;
    for (const char* key : keys) {
        if (!value->is_object() || !value->contains(key))
            return {};
        value = &(*value)[key];
    }
    if (value->is_number_integer())
        return qint64(value->get<std::int64_t>());
    if (value->is_number())
        return value->get<double>();
    if (value->is_string())
        return QString::fromStdString(value->get<std::string>());
    return {};
}

/// Counted from 1, as the lanes count.
QVariant place(const QVariant& index) {
    return index.isValid() ? QVariant(index.toLongLong() + 1) : QVariant();
}

QVariant share(const Json& numbers, const char* band) {
    const QVariant count = at(numbers, {"bands", band});
    const QVariant tokens = at(numbers, {"tokens"});
    if (!count.isValid() || tokens.toLongLong() == 0)
        return {};
    return count.toDouble() / tokens.toDouble();
}

} // namespace

QVariant batchValue(const CompareBatchRow& row, int column) {
    const Json& n = row.numbers;
    switch (column) {
    case BatchModel::Sample:
        return qint64(row.sample);
    case BatchModel::Prompt:
        return QString::fromStdString(row.prompt);
    case BatchModel::Answer:
        return row.error.is_null() ? at(n, {"answer"})
                                   : QVariant(errorMessage(errorFromJson(row.error)));
    case BatchModel::Tokens:
        return at(n, {"tokens"});
    case BatchModel::MeanJs:
        return at(n, {"mean_js"});
    case BatchModel::LargestJs:
        return at(n, {"largest_js"});
    case BatchModel::KlForth:
        return at(n, {"mean_kl_tuned_base"});
    case BatchModel::KlBack:
        return at(n, {"mean_kl_base_tuned"});
    case BatchModel::OtherChoice:
        return at(n, {"other_argmax"});
    case BatchModel::Marginal:
        return share(n, "marginal");
    case BatchModel::Shifted:
        return share(n, "shifted");
    case BatchModel::Divergence:
        return place(at(n, {"divergence"}));
    case BatchModel::Delta:
        return at(n, {"delta_sum"});
    case BatchModel::Onset:
        return place(at(n, {"onset", "index"}));
    default:
        return {};
    }
}

void BatchModel::setRows(const std::vector<CompareBatchRow>& rows) {
    beginResetModel();
    m_rows = rows;
    m_order.resize(rows.size());
    std::iota(m_order.begin(), m_order.end(), std::size_t(0));
    std::ranges::stable_sort(m_order, [this](auto a, auto b) { return before(a, b); });
    endResetModel();
}

void BatchModel::addRow(const CompareBatchRow& row) {
    m_rows.push_back(row);
    const std::size_t added = m_rows.size() - 1;
    const auto where
        = std::ranges::upper_bound(m_order, added, [this](auto a, auto b) { return before(a, b); });
    const int shown = int(where - m_order.begin());
    beginInsertRows({}, shown, shown);
    m_order.insert(where, added);
    endInsertRows();
}

std::vector<CompareBatchRow> BatchModel::rows() const {
    std::vector<CompareBatchRow> rows;
    for (const std::size_t at : m_order)
        rows.push_back(m_rows[at]);
    return rows;
}

int BatchModel::rowOf(qint64 sample) const {
    const auto found = std::ranges::find_if(
        m_order, [&](std::size_t at) { return m_rows[at].sample == sample; });
    return found == m_order.end() ? -1 : int(found - m_order.begin());
}

bool BatchModel::before(std::size_t a, std::size_t b) const {
    const QVariant left = batchValue(m_rows[a], m_column);
    const QVariant right = batchValue(m_rows[b], m_column);
    if (left.isValid() != right.isValid())
        return left.isValid();
    const bool texts = m_column == Prompt || m_column == Answer;
    const auto order = texts
        ? QPartialOrdering(left.toString() < right.toString() ? QPartialOrdering::Less
                : right.toString() < left.toString()          ? QPartialOrdering::Greater
                                                              : QPartialOrdering::Equivalent)
        : QVariant::compare(left, right);
    return m_direction == Qt::AscendingOrder ? order == QPartialOrdering::Less
                                             : order == QPartialOrdering::Greater;
}

void BatchModel::sort(int column, Qt::SortOrder order) {
    if (column < 0 || column >= ColumnCount)
        return;
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList persistent = persistentIndexList();
    std::vector<std::size_t> rows;
    for (const QModelIndex& index : persistent)
        rows.push_back(m_order[std::size_t(index.row())]);
    m_column = column;
    m_direction = order;
    std::ranges::stable_sort(m_order, [this](auto a, auto b) { return before(a, b); });
    for (qsizetype i = 0; i < persistent.size(); ++i) {
        const auto shown = std::ranges::find(m_order, rows[std::size_t(i)]) - m_order.begin();
        changePersistentIndex(persistent[i], index(int(shown), persistent[i].column()));
    }
    Q_EMIT layoutChanged();
}

int BatchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_order.size());
}

int BatchModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BatchModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const CompareBatchRow& of = row(index.row());
    const int column = index.column();
    const bool isText = column == Prompt || column == Answer;
    switch (role) {
    case IdRole:
        return qint64(of.sample);
    case ValueRole:
        return batchValue(of, column);
    case Qt::TextAlignmentRole:
        return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::FontRole:
        return isText ? QVariant() : QVariant(smallMonoFont());
    case Qt::ForegroundRole:
        return column == Answer && !of.error.is_null() ? QVariant(tokens().wrong) : QVariant();
    case Qt::ToolTipRole:
        return isText ? batchValue(of, column) : QVariant();
    case Qt::DisplayRole: {
        const QVariant value = batchValue(of, column);
        if (!value.isValid())
            return of.error.is_null() ? QStringLiteral("–") : QString();
        const QLocale locale;
        if (column == Marginal || column == Shifted)
            return locale.toString(100 * value.toDouble(), 'f', 1);
        if (column == Delta)
            return QString((value.toDouble() > 0 ? QStringLiteral("+") : QString())
                + locale.toString(value.toDouble(), 'f', 2));
        if (value.typeId() == QMetaType::Double)
            return locale.toString(value.toDouble(), 'f', 3);
        if (isText)
            return value.toString().left(200).simplified();
        return column == Sample ? value.toString() : locale.toString(value.toLongLong());
    }
    default:
        return {};
    }
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    static const char* const names[][2] = {
        {QT_TR_NOOP("sample"), ""},
        {QT_TR_NOOP("prompt"), ""},
        {QT_TR_NOOP("answer"), ""},
        {QT_TR_NOOP("tokens"), ""},
        {QT_TR_NOOP("mean JS"),
            QT_TR_NOOP("Jensen-Shannon divergence, nats, mean over the answer's tokens")},
        {QT_TR_NOOP("max JS"), QT_TR_NOOP("The largest Jensen-Shannon divergence, nats")},
        {QT_TR_NOOP("KL t‖b"),
            QT_TR_NOOP("KL divergence of tuned from base, nats, mean over the answer's tokens")},
        {QT_TR_NOOP("KL b‖t"),
            QT_TR_NOOP("KL divergence of base from tuned, nats, mean over the answer's tokens")},
        {QT_TR_NOOP("other"), QT_TR_NOOP("Tokens where the two models' first choices differ")},
        {QT_TR_NOOP("marginal %"), QT_TR_NOOP("Share of tokens of base rank 2 or 3 (URIAL)")},
        {QT_TR_NOOP("shifted %"), QT_TR_NOOP("Share of tokens of base rank above 3 (URIAL)")},
        {QT_TR_NOOP("diverges"), QT_TR_NOOP("First token where the first choices differ")},
        {QT_TR_NOOP("Δ log p"),
            QT_TR_NOOP("Log-probability of the answer under tuned minus under base, nats")},
        {QT_TR_NOOP("onset"),
            QT_TR_NOOP("Where the tuned model leaves the reference: R1 on the reference itself, R0 "
                       "on an answer of its own")},
    };
    if (section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(names[section][0]);
    if (role == Qt::ToolTipRole)
        return *names[section][1] ? tr(names[section][1]) : QString();
    if (role == Qt::TextAlignmentRole)
        return int((section == Prompt || section == Answer ? Qt::AlignLeft : Qt::AlignRight)
            | Qt::AlignVCenter);
    return {};
}

} // namespace assay
