#pragma once

#include "ui/service/engine_session.h"
#include "ui/service/score_record.h"

#include <QHash>

namespace assay {

struct LoadedModel {
    std::string handle; ///< "m1"
    Json info; ///< docs/protocol.md, `info`
};

/// Which models the engine holds. A model is loaded when it is first asked for; beyond the number
/// that may stay, the one used longest ago is unloaded. A restart of the engine forgets all.
class EngineModels final : public QObject {
    Q_OBJECT

public:
    using Ready = std::function<void(Result<LoadedModel>)>;
    /// Two, for base and tuned side by side.
    static constexpr int keptModels = 2;

    explicit EngineModels(EngineSession* session);
    EngineSession* session() const { return m_session; }

    /// `folder` is a path on the engine's machine; Its text is rendered with
    /// the template that each request names, or its own.
    void acquire(const QString& folder, QObject* guard, Ready ready);

    struct Scoring {
        QString folder;
        QString templateName; ///< empty for the model's own
        Json input; ///< one of ids, text, messages
        int top = 20;
    };
    /// Display forms of ids, for a model that `acquire` has given. An engine that cannot tell gives
    /// none.
    void pieces(const std::string& handle, const std::vector<int>& ids, QObject* guard,
        std::function<void(std::vector<std::string>)> done);

    /// Scores a text under a model, loading the model where needed. `progress` gets the number of
    /// tokens scored so far. Returns a number for `cancel`.
    quint64 score(const Scoring& scoring, QObject* guard, std::function<void(qint64)> progress,
        std::function<void(Result<ScoreRecord>)> done);
    void cancel(quint64 scoring);

Q_SIGNALS:
    void loadedChanged();

private:
    struct Entry {
        bool loading = true;
        LoadedModel model;
        std::vector<std::pair<QPointer<QObject>, Ready>> waiting;
        quint64 lastUse = 0;
    };
    void unloadSurplus(const QString& keep);

    EngineSession* m_session;
    QHash<QString, std::shared_ptr<Entry>> m_entries;
    QHash<quint64, EngineSession::RequestId> m_scorings; ///< 0 while the model is being loaded
    quint64 m_uses = 0;
    quint64 m_nextScoring = 1;
};

} // namespace assay
