#pragma once

#include "core/store/samples.h"

#include <QObject>
#include <QPointer>

#include <map>
#include <memory>
#include <mutex>
#include <stop_token>

namespace assay {

/// The lists that are shown now, one for every owner that lives: what they are about, and the full
/// order once it has been read. Used by the window's thread and those of the project.
class OpenLists {
public:
    using Ids = std::shared_ptr<const std::vector<std::int64_t>>;
    struct Question {
        SampleFilter filter;
        SampleOrder order = SampleOrder::Imported;
        /// Asked to stop as soon as nobody wants the list any more.
        StopToken stop;
    };

    /// The number of a new list; the owner's list before is not wanted any more.
    quint64 want(QObject* owner, const SampleFilter& filter, SampleOrder order);
    bool isWanted(quint64 number) const;
    /// No value for a list that is not wanted any more.
    std::optional<Question> question(quint64 number) const;
    /// Null until they have been read.
    Ids ids(quint64 number) const;
    void setIds(quint64 number, Ids ids);
    /// They were lists of another project.
    void clear();

private:
    struct Entry {
        QPointer<QObject> owner;
        QObject* key = nullptr; ///< the owner, to be compared only
        SampleFilter filter;
        SampleOrder order = SampleOrder::Imported;
        Ids ids;
        std::stop_source stop;
    };
    mutable std::mutex m_mutex;
    quint64 m_last = 0;
    std::map<quint64, Entry> m_lists;
};

} // namespace assay
