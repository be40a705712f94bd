#include "core/store/database.h"
#include "core/store/decisions.h"

namespace assay {

namespace {

/// Decisions by which a person judged a text: accept, reject, edit, rating, adjudication.
constexpr const char* judgedOneByOne
    = "e.bulk = 0 AND e.target IS NULL AND e.kind IN (0, 1, 2, 3, 6) AND e.seq NOT IN (SELECT "
      "event FROM undone)";
static_assert(int(EventKind::Accept) == 0 && int(EventKind::Reject) == 1
    && int(EventKind::Edit) == 2 && int(EventKind::Rating) == 3
    && int(EventKind::Adjudication) == 6);

} // namespace

Result<ReviewFigures> Decisions::figures() {
    return m_database.run([&] {
        ReviewFigures figures;
        std::int64_t decided = 0;
        {
            Query query = m_database.query("SELECT status <> 0, count(*) FROM samples GROUP BY 1");
            while (query.step()) {
                figures.samples += query.integer(1);
                decided += query.integer(0) != 0 ? query.integer(1) : 0;
            }
        }
        {
            Query query = m_database.query(
                std::string("SELECT s.status, count(*) FROM (SELECT DISTINCT x.sample_id AS id "
                            "FROM events e JOIN event_samples x ON x.event = e.seq WHERE ")
                + judgedOneByOne + ") j JOIN samples s ON s.id = j.id GROUP BY s.status");
            while (query.step()) {
                figures.lookedAt += query.integer(1);
                if (query.integer(0) == 1)
                    figures.accepted = query.integer(1);
                if (query.integer(0) == 2)
                    figures.rejected = query.integer(1);
            }
        }
        figures.inBulk = decided - figures.accepted - figures.rejected;
        std::int64_t timed = 0;
        {
            Query query = m_database.query(
                std::string("SELECT count(*) FROM events e WHERE e.active_ms > 0 AND ")
                + judgedOneByOne);
            query.step();
            timed = query.integer(0);
        }
        if (timed == 0)
            return figures;
        // Of an even number the mean of the two in the middle.
        Query query = m_database.query(
            std::string("SELECT avg(active_ms) FROM (SELECT e.active_ms FROM events e WHERE "
                        "e.active_ms > 0 AND ")
            + judgedOneByOne + " ORDER BY e.active_ms LIMIT ? OFFSET ?)");
        query.bind(timed % 2 == 0 ? 2 : 1, (timed - 1) / 2);
        query.step();
        figures.medianActiveMs = query.real(0);
        return figures;
    });
}

} // namespace assay
