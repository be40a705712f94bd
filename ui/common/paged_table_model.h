#pragma once

#include "core/base/page_cache.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <functional>
#include <limits>
#include <optional>

namespace assay {

/// A table of which only the pages that are looked at exist. `rowCount` is the true count; a row
/// that is not there yet is a placeholder until its page arrives. One page is asked for at a time,
/// and of the pages wanted meanwhile only the newest, so that fast scrolling does not queue up
/// work. Answers to an older list are dropped by a generation number. Lives on the window's thread.
template <class Row> class PagedTableModel : public QAbstractTableModel {
public:
    using Answer = std::function<void(std::vector<Row>)>;
    /// Asks for rows [first, first + count); must call the answer on the window's thread, later,
    /// once; an empty answer means that the page could not be had.
    using Fetch = std::function<void(qint64 first, int count, Answer answer)>;

    explicit PagedTableModel(
        int pageSize = 128, std::size_t maxPages = 64, QObject* parent = nullptr)
        : QAbstractTableModel(parent)
        , m_cache(pageSize, maxPages) { }

    /// Shows another list: all rows are new.
    void showList(qint64 count, Fetch fetch) {
        beginResetModel();
        ++m_generation;
        m_cache.clear();
        m_fetch = std::move(fetch);
        m_count = int(std::min<qint64>(count, std::numeric_limits<int>::max()));
        m_running.reset();
        m_wanted.reset();
        m_failed.reset(); // what another list could not give
        endResetModel();
    }
    void clear() { showList(0, {}); }

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : m_count;
    }

    /// The row, or null after asking for its page.
    const Row* row(int index) const {
        if (index < 0 || index >= m_count)
            return nullptr;
        const Row* found = m_cache.find(index);
        if (!found)
            want(m_cache.pageOf(index));
        return found;
    }
    bool isFetching() const { return m_running.has_value(); }

protected:
    virtual QVariant cell(const Row& row, int column, int role) const = 0;
    /// What a row that has not arrived shows.
    virtual QVariant placeholder(int column, int role) const {
        return role == Qt::DisplayRole && column == 0 ? QVariant(QStringLiteral("…")) : QVariant();
    }

    QVariant data(const QModelIndex& index, int role) const override {
        if (!index.isValid())
            return {};
        const Row* found = row(index.row());
        return found ? cell(*found, index.column(), role) : placeholder(index.column(), role);
    }

private:
    void want(qint64 page) const {
        if (m_running == page || m_failed == page)
            return;
        m_wanted = page;
        if (!m_running)
            fetchNext();
    }

    void fetchNext() const {
        if (!m_wanted || !m_fetch)
            return;
        const qint64 page = *m_wanted;
        m_wanted.reset();
        m_running = page;
        const qint64 first = page * m_cache.pageSize();
        const int count = int(std::min<qint64>(m_cache.pageSize(), m_count - first));
        // A model is only written to by its own thread; the request is made from data(), which is
        // const.
        auto* self = const_cast<PagedTableModel*>(this);
        QPointer<QObject> alive(self);
        m_fetch(
            first, count, [self, alive, page, generation = m_generation](std::vector<Row> rows) {
                if (alive && generation == self->m_generation)
                    self->arrived(page, std::move(rows));
            });
    }

    void arrived(qint64 page, std::vector<Row> rows) {
        m_running.reset();
        m_failed.reset();
        if (rows.empty()) {
            m_failed = page;
        } else {
            const int first = int(page * m_cache.pageSize());
            const int last = std::min(first + int(rows.size()), m_count) - 1;
            m_cache.put(page, std::move(rows));
            Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
        }
        fetchNext();
    }

    int m_count = 0;
    quint64 m_generation = 0;
    Fetch m_fetch;
    mutable PageCache<Row> m_cache;
    mutable std::optional<qint64> m_running;
    mutable std::optional<qint64> m_wanted;
    mutable std::optional<qint64> m_failed;
};

} // namespace assay
