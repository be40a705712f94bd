# assay_ui: the window's own library, so that tests link it and the program only wires it.
file(GLOB_RECURSE ui_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ui/*.cpp ${CMAKE_SOURCE_DIR}/ui/*.h)
file(GLOB_RECURSE ui_resources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/*.qrc)
add_library(assay_ui STATIC ${ui_sources} ${ui_resources})
set_target_properties(assay_ui PROPERTIES AUTOMOC ON AUTORCC ON)
target_link_libraries(assay_ui PUBLIC assay_core Qt6::Widgets Qt6::Concurrent Qt6::Svg QCustomPlotQt6::QCustomPlotQt6)
if(ASSAY_PCH)
  target_precompile_headers(assay_ui PRIVATE ui/common/pch.h)
endif()
