"""What writers should mend: links, pictures, articles nobody looks at, searches that found nothing."""
