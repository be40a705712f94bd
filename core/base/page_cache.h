#pragma once

#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>
#include <vector>

namespace assay {

/// Rows of a long list, kept in pages of a fixed size; the page looked at longest ago goes first.
/// Not for several threads.
template <class Row> class PageCache {
public:
    PageCache(std::int64_t pageSize, std::size_t maxPages)
        : m_pageSize(pageSize)
        , m_maxPages(maxPages) { }

    std::int64_t pageSize() const { return m_pageSize; }
    std::int64_t pageOf(std::int64_t row) const { return row / m_pageSize; }
    bool hasPage(std::int64_t page) const { return m_pages.contains(page); }

    /// Null where the row's page is not there. Valid until the next `put` or `clear`.
    const Row* find(std::int64_t row) {
        const auto found = m_pages.find(pageOf(row));
        if (found == m_pages.end())
            return nullptr;
        m_order.splice(m_order.begin(), m_order, found->second.place);
        const auto index = static_cast<std::size_t>(row % m_pageSize);
        return index < found->second.rows.size() ? &found->second.rows[index] : nullptr;
    }

    void put(std::int64_t page, std::vector<Row> rows) {
        const auto found = m_pages.find(page);
        if (found != m_pages.end()) {
            found->second.rows = std::move(rows);
            m_order.splice(m_order.begin(), m_order, found->second.place);
            return;
        }
        if (m_pages.size() >= m_maxPages) {
            m_pages.erase(m_order.back());
            m_order.pop_back();
        }
        m_order.push_front(page);
        m_pages.emplace(page, Page{std::move(rows), m_order.begin()});
    }

    void clear() {
        m_pages.clear();
        m_order.clear();
    }

private:
    struct Page {
        std::vector<Row> rows;
        std::list<std::int64_t>::iterator place;
    };
    std::int64_t m_pageSize;
    std::size_t m_maxPages;
    std::unordered_map<std::int64_t, Page> m_pages;
    std::list<std::int64_t> m_order; ///< newest first
};

} // namespace assay
