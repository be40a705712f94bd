add_executable(assay app/assay/main.cpp)
target_link_libraries(assay PRIVATE assay_ui)
