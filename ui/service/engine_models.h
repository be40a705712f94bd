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

    /// The same, to be cancelled; `ready` gets the number.
    quint64 load(const QString& folder, QObject* guard,
        std::function<void(quint64, Result<LoadedModel>)> ready);

    struct Scoring {
        QString folder;
        QString templateName; ///< empty for the model's own
        Json input; ///< one of ids, text, messages
        int top = 20;
        /// Messages end where the assistant's next words begin.
        bool generationPrompt = false;
    };
    /// Display forms of ids, for a model that `acquire` has given. An engine that cannot tell gives
    /// none.
    void pieces(const std::string& handle, const std::vector<int>& ids, QObject* guard,
        std::function<void(std::vector<std::string>)> done);

    struct Piece {
        std::string display;
        std::string bytes; ///< as they stand in a text; empty for a control token
    };
    /// Display forms and bytes of ids.
    quint64 bytesOf(const QString& folder, const std::vector<int>& ids, QObject* guard,
        std::function<void(quint64, Result<std::vector<Piece>>)> done);

    struct Tokenized {
        std::vector<int> ids;
        std::vector<std::string> pieces;
        std::vector<std::string> bytes; ///< of each
        /// Whether the tokenizer would cut the joined text there too.
        bool natural = true;
    };
    /// The text as tokens that follow `after`.
    quint64 tokenize(const QString& folder, const std::string& text, const std::vector<int>& after,
        QObject* guard, std::function<void(Result<Tokenized>)> done);

    struct Generating {
        QString folder;
        std::vector<int> ids; ///< what is continued
        std::vector<std::string> stop;
        int maxNew = 64;
        double temperature = 0; ///< 0: greedy, and then the rest does nothing
        double topP = 1;
        quint64 seed = 0;
        int top = 20;
    };
    struct Generated {
        std::string ended; ///< docs/protocol.md: end_token, stop_string, length, context
        int endId = -1;
        Json provenance;
    };
    /// Continues ids under a model, loading it where needed; `token` gets each one with its scores
    /// as it is chosen. A cancelled one is not answered. Returns a number for `cancel`.
    quint64 generate(const Generating& generating, QObject* guard,
        std::function<void(ScoreRecord::Token)> token, std::function<void(Result<Generated>)> done);

    /// Scores a text under a model, loading the model where needed; of a text longer than the
    /// model's context, what fits. `progress` gets the number of tokens scored so far. Returns a
    /// number for `cancel`.
    quint64 score(const Scoring& scoring, QObject* guard, std::function<void(qint64)> progress,
        std::function<void(Result<ScoreRecord>)> done);
    void cancel(quint64 request);

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
    /// Loads the model, then sends; `done` also gets what went wrong before. Cancelled in between,
    /// nothing is sent and nothing answered.
    quint64 ask(const QString& folder, const char* method, Json params, QObject* guard,
        std::function<void(Result<Json>)> done, EngineSession::Notify notify);

    EngineSession* m_session;
    QHash<QString, std::shared_ptr<Entry>> m_entries;
    QHash<quint64, EngineSession::RequestId> m_requests; ///< 0 while the model is being loaded
    quint64 m_uses = 0;
    quint64 m_nextRequest = 1;
};

} // namespace assay
