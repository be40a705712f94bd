#include "ui/panels/runs/value_table.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr int lineHeight = 28;

void drawSpark(QPainter& painter, const QRectF& place, const std::vector<double>& values) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const double value : values)
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    if (!(low <= high) || values.size() < 2)
        return;
    const double span = high > low ? high - low : 1;
    QPainterPath path;
    bool pen = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i])) {
            pen = false;
            continue;
        }
        const QPointF at(place.left() + place.width() * double(i) / double(values.size() - 1),
            place.bottom() - place.height() * (values[i] - low) / span);
        if (std::exchange(pen, true))
            path.lineTo(at);
        else
            path.moveTo(at);
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokens().bar, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    painter.restore();
}

} // namespace

QColor toneColour(Tone tone) {
    const DesignTokens& t = tokens();
    switch (tone) {
    case Tone::Right:
        return t.right;
    case Tone::Caution:
        return t.caution;
    case Tone::Wrong:
        return t.wrong;
    case Tone::Accent:
        return t.accent;
    case Tone::Plain:
        break;
    }
    return t.secondary;
}

void ValueModel::setColumns(std::vector<ValueColumn> columns) {
    beginResetModel();
    m_columns = std::move(columns);
    m_rows.clear();
    endResetModel();
}

void ValueModel::setRows(Rows rows) {
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    if (!m_rows.empty() && !m_columns.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ValueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ValueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_columns.size());
}

const ValueCell* ValueModel::cell(const QModelIndex& index) const {
    if (!index.isValid() || index.row() >= rowCount()
        || std::size_t(index.column()) >= m_rows[std::size_t(index.row())].size())
        return nullptr;
    return &m_rows[std::size_t(index.row())][std::size_t(index.column())];
}

QVariant ValueModel::data(const QModelIndex& index, int role) const {
    const ValueCell* found = cell(index);
    if (!found)
        return {};
    if (role == Qt::DisplayRole)
        return found->text;
    if (role == Qt::ToolTipRole)
        return found->tip.isEmpty() ? QVariant() : QVariant(found->tip);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter
            | (m_columns[std::size_t(index.column())].number ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::AccessibleTextRole) {
        QString text = found->text;
        if (found->line)
            text += QStringLiteral(", ") + curveStyleWord(*found->line);
        if (found->emphasised)
            text += QStringLiteral(", ") + tr("differs");
        return text;
    }
    return {};
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ValueColumn& column = m_columns[std::size_t(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::ToolTipRole && !column.tip.isEmpty())
        return column.tip;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

void ValueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* model = qobject_cast<const ValueModel*>(index.model());
    const ValueCell* cell = model ? model->cell(index) : nullptr;
    if (!cell)
        return;
    const ValueColumn& column = model->columns()[std::size_t(index.column())];
    const DesignTokens& t = tokens();
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, selected || cell->emphasised ? t.accentGround : t.panel);
    painter->fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.hairline);
    QRect inner = option.rect.adjusted(scaled(10), 0, -scaled(10), -1);
    if (cell->line) {
        drawCurveSample(
            *painter, QRectF(inner.left(), inner.top(), scaled(22), inner.height()), *cell->line);
        inner.setLeft(inner.left() + scaled(30));
    }
    if (!cell->spark.empty()) {
        const int width = inner.width() - scaled(64);
        drawSpark(*painter,
            QRectF(inner.left(), inner.top() + scaled(7), width, inner.height() - scaled(14)),
            cell->spark);
        inner.setLeft(inner.left() + width);
    }
    const QFont font = column.number ? smallMonoFont() : textFont();
    painter->setFont(font);
    painter->setPen(cell->tone == Tone::Plain ? t.text : toneColour(cell->tone));
    const QString mark = cell->emphasised ? QStringLiteral("≠ ") : QString();
    const Qt::Alignment side = column.number ? Qt::AlignRight : Qt::AlignLeft;
    if (column.wraps) {
        inner.adjust(0, scaled(4), 0, -scaled(4));
        painter->setClipRect(inner);
        painter->drawText(inner, int(side | Qt::AlignTop) | Qt::TextWordWrap, mark + cell->text);
    } else {
        const QString line = QString(mark + cell->text).simplified();
        painter->drawText(inner, int(side | Qt::AlignVCenter),
            QFontMetrics(font).elidedText(line, Qt::ElideRight, inner.width()));
    }
    painter->restore();
}

ValueTable::ValueTable(const QString& name, QWidget* parent)
    : QTableView(parent)
    , m_model(new ValueModel(this)) {
    setModel(m_model);
    setItemDelegate(new ValueDelegate(this));
    setAccessibleName(name);
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(scaled(lineHeight));
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumSectionSize(scaled(40));
}

void ValueTable::setColumns(std::vector<ValueColumn> columns) {
    m_model->setColumns(columns);
    QHeaderView* header = horizontalHeader();
    bool wraps = false;
    for (int i = 0; i < int(columns.size()); ++i) {
        const ValueColumn& column = columns[std::size_t(i)];
        wraps = wraps || column.wraps;
        header->setSectionResizeMode(
            i, column.width > 0 ? QHeaderView::Interactive : QHeaderView::Stretch);
        if (column.width > 0)
            // A head in another language may need more than the figures below it.
            header->resizeSection(i, std::max(scaled(column.width), header->sectionSizeHint(i)));
    }
    verticalHeader()->setDefaultSectionSize(scaled(wraps ? 2 * lineHeight + 4 : lineHeight));
    setWordWrap(wraps);
}

} // namespace assay
