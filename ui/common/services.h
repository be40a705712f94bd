#pragma once

namespace assay {

class EngineModels;
class EngineSession;
class JobWatcher;
class ProjectAccess;
class SelectionContext;
class Settings;

/// What the window owns and every panel shares; all of it outlives the panels.
struct Services {
    SelectionContext* selection = nullptr;
    ProjectAccess* project = nullptr;
    EngineSession* engine = nullptr;
    EngineModels* models = nullptr;
    JobWatcher* jobs = nullptr;
    Settings* settings = nullptr;
};

} // namespace assay
